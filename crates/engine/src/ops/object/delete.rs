//! Putting objects into the trash.

use super::{live_object, signed};
use crate::db::table;
use crate::db::table::folder::Counts;
use crate::model::{Act, Bucket, EventKind, Object, ObjectRef};
use crate::ops::access::{self, What};
use crate::ops::{Teller, open_bucket};
use crate::rules::cel::Budget;
use crate::{Caller, Engine, Result, rules};

impl Engine {
    /// Puts objects, and everything in some folders, into the trash in one commit. Their links answer no more. One
    /// that is not there refuses the whole.
    ///
    /// # Errors
    /// `bucket_not_found`, `object_not_found`, `in_trash`, `bucket_disabled`, `invalid_name`, `sign_in_needed`,
    /// `forbidden`.
    pub fn object_delete(
        &self,
        caller: &Caller,
        bucket: &str,
        objects: &[ObjectRef],
        folders: &[String],
    ) -> Result<Vec<Object>> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        let objects = objects.to_vec();
        let folders = folders.iter().map(|folder| rules::name::folder(folder)).collect::<Result<Vec<_>>>()?;
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            let teller = Teller { connection, now, by: caller.name() };
            let mut seqs = Vec::new();
            for object in &objects {
                seqs.push(live_object(connection, &bucket, object)?.seq);
            }
            for folder in folders.iter().filter(|folder| !folder.is_empty()) {
                seqs.extend(table::object::below(connection, bucket.seq, folder)?);
            }
            let mut counts = Counts::default();
            let (mut gone, budget) = (Vec::new(), Budget::default());
            for seq in seqs {
                may_delete(&teller, &caller, &bucket, seq, &budget)?;
                gone.extend(trash_one(&teller, &mut counts, seq)?);
            }
            counts.apply(connection, bucket.seq, now)?;
            Ok(gone)
        })
    }
}

/// Refuses a caller who may not delete that object.
pub(crate) fn may_delete(
    teller: &Teller<'_>,
    caller: &Caller,
    bucket: &Bucket,
    seq: i64,
    budget: &Budget,
) -> Result<()> {
    // Nothing is read for whoever may everything: a folder may hold very many.
    if caller.is_admin() {
        return Ok(());
    }
    match table::object::by_seq(teller.connection, seq)? {
        Some(object) => {
            let what = What::There(&object);
            access::may_within(teller.connection, caller, bucket, Act::Delete, what, budget)
        }
        None => Ok(()),
    }
}

/// Marks one object deleted; `None` if it is already.
pub(crate) fn trash_one(teller: &Teller<'_>, counts: &mut Counts, seq: i64) -> Result<Option<Object>> {
    let Some(mut object) =
        table::object::by_seq(teller.connection, seq)?.filter(|object| object.deleted.is_none())
    else {
        return Ok(None);
    };
    object.deleted = Some(teller.now);
    table::object::update(teller.connection, &object)?;
    counts.add(&object.folder, -1, -signed(object.size));
    teller.object(EventKind::ObjectDeleted, &object, 1)?;
    Ok(Some(object))
}
