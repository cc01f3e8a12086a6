//! Bringing objects back from the trash.

use super::commit::{make_room, next_free};
use super::{signed, trashed_object};
use crate::db::table;
use crate::db::table::folder::Counts;
use crate::model::{Act, EventKind, Object, ObjectRef};
use crate::ops::access::{self, What};
use crate::ops::{Teller, limits_of, open_bucket};
use crate::rules::cel::Budget;
use crate::{Caller, Engine, Result, rules};

impl Engine {
    /// Brings objects back where they lay, with link and versions, in one commit. One whose place is taken meanwhile
    /// comes back as `name-2.ext`. A limit that would be broken refuses the whole.
    ///
    /// # Errors
    /// `bucket_not_found`, `object_not_found`, `not_in_trash`, `bucket_disabled`, `too_many_files`, `quota_exceeded`,
    /// `sign_in_needed`, `forbidden`.
    pub fn object_restore(
        &self,
        caller: &Caller,
        bucket: &str,
        objects: &[ObjectRef],
    ) -> Result<Vec<Object>> {
        let (now, caller, reference, objects) =
            (self.now(), caller.clone(), bucket.to_owned(), objects.to_vec());
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            let (limits, _) = limits_of(connection, &bucket)?;
            let teller = Teller { connection, now, by: caller.name() };
            let mut counts = Counts::default();
            let (mut back, budget) = (Vec::new(), Budget::default());
            for reference in &objects {
                let mut object = trashed_object(connection, &bucket, reference)?;
                // Who may throw a thing away may take that back.
                access::may_within(connection, &caller, &bucket, Act::Delete, What::There(&object), &budget)?;
                make_room(&teller, &mut counts, &bucket, &object.folder, &object.name)?;
                rules::limits::check_count(&limits, bucket.file_count.saturating_add_signed(counts.files()))?;
                let held = bucket.byte_count.saturating_add_signed(counts.bytes());
                rules::limits::check_quota(&limits, held, object.size)?;
                if table::object::by_name(connection, bucket.seq, &object.folder, &object.name)?.is_some() {
                    let number = next_free(connection, bucket.seq, &object.folder, &object.name)?;
                    object.name = rules::name::numbered(&object.name, number);
                    object.original_name = rules::name::numbered_original(&object.original_name, number);
                }
                object.deleted = None;
                table::object::update(connection, &object)?;
                counts.add(&object.folder, 1, signed(object.size));
                teller.object(EventKind::ObjectRestored, &object, 1)?;
                back.push(object);
            }
            counts.apply(connection, bucket.seq, now)?;
            Ok(back)
        })
    }
}
