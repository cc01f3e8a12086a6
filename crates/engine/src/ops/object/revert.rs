//! Making an earlier version the current content again.

use super::{live_object, signed};
use crate::db::table;
use crate::db::table::folder::Counts;
use crate::model::{Act, EventKind, Object, ObjectRef};
use crate::ops::access::{self, What};
use crate::ops::{Teller, limits_of, open_bucket};
use crate::{Caller, Code, Engine, Error, Result, rules};

impl Engine {
    /// Points the object at one of its versions; the others stay, so this can be undone by pointing back.
    ///
    /// # Errors
    /// `version_not_found`, `quota_exceeded`; `bucket_not_found`, `object_not_found`, `in_trash`, `bucket_disabled`,
    /// `sign_in_needed`, `forbidden`.
    pub fn object_revert(
        &self,
        caller: &Caller,
        bucket: &str,
        object: &ObjectRef,
        number: u64,
    ) -> Result<Object> {
        let (now, caller, reference, which) = (self.now(), caller.clone(), bucket.to_owned(), object.clone());
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            let mut object = live_object(connection, &bucket, &which)?;
            access::may(connection, &caller, &bucket, Act::Write, What::There(&object))?;
            let version = table::version::get(connection, object.seq, number)?.ok_or_else(|| {
                Error::new(
                    Code::VersionNotFound,
                    format!(
                        "“{}” has no version {number}. Look at its list of versions.",
                        object.original_name
                    ),
                )
            })?;
            let (limits, _) = limits_of(connection, &bucket)?;
            if version.size > object.size {
                rules::limits::check_quota(&limits, bucket.byte_count - object.size, version.size)?;
            }
            let mut counts = Counts::default();
            counts.add(&object.folder, 0, signed(version.size) - signed(object.size));
            object.version = number;
            object.original_name = version.original_name;
            object.size = version.size;
            object.media_type = version.media_type;
            object.hash = version.hash;
            object.modified = now;
            object.by = version.by;
            object.expires = bucket.tier.lifetime().map(|lifetime| now + lifetime);
            table::object::update(connection, &object)?;
            counts.apply(connection, bucket.seq, now)?;
            Teller { connection, now, by: caller.name() }.object(
                EventKind::ObjectReverted,
                &object,
                number,
            )?;
            Ok(object)
        })
    }
}
