//! Renaming and moving: the object keeps its id, link and versions; no byte is touched.

use super::commit::make_room;
use super::{live_object, signed};
use crate::db::table;
use crate::db::table::folder::Counts;
use crate::model::{Act, Bucket, EventKind, Object, ObjectRef};
use crate::ops::access::{self, What};
use crate::ops::{Teller, open_bucket};
use crate::rules::cel::Budget;
use crate::{Caller, Code, Engine, Error, Result, rules};

impl Engine {
    /// Gives an object another name in its folder.
    ///
    /// # Errors
    /// `invalid_name`; `name_taken` if another object has the normalised name; `bucket_not_found`, `object_not_found`,
    /// `in_trash`, `bucket_disabled`, `sign_in_needed`, `forbidden`.
    pub fn object_rename(
        &self,
        caller: &Caller,
        bucket: &str,
        object: &ObjectRef,
        name: &str,
    ) -> Result<Object> {
        let (now, caller, reference, which) = (self.now(), caller.clone(), bucket.to_owned(), object.clone());
        let (normalised, original) = rules::name::both(name)?;
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            let teller = Teller { connection, now, by: caller.name() };
            let mut object = live_object(connection, &bucket, &which)?;
            access::may(connection, &caller, &bucket, Act::Write, What::There(&object))?;
            let mut counts = Counts::default();
            make_room(&teller, &mut counts, &bucket, &object.folder, &normalised)?;
            counts.apply(connection, bucket.seq, now)?;
            object.name = normalised;
            object.original_name = original;
            settle(&teller, &bucket, &object, EventKind::ObjectRenamed)?;
            table::bucket::count(connection, bucket.seq, 0, 0, now)?;
            Ok(object)
        })
    }

    /// Moves objects into another folder of their bucket, in one commit. One whose name is taken there refuses the whole.
    ///
    /// # Errors
    /// As [`Engine::object_rename`].
    pub fn object_move(
        &self,
        caller: &Caller,
        bucket: &str,
        objects: &[ObjectRef],
        folder: &str,
    ) -> Result<Vec<Object>> {
        let (now, caller, reference, objects) =
            (self.now(), caller.clone(), bucket.to_owned(), objects.to_vec());
        let (target, original) = (rules::name::folder(folder)?, folder.trim_matches('/').to_owned());
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            let teller = Teller { connection, now, by: caller.name() };
            let mut counts = Counts::default();
            let (mut moved, budget) = (Vec::new(), Budget::default());
            for which in &objects {
                let mut object = live_object(connection, &bucket, which)?;
                access::may_within(connection, &caller, &bucket, Act::Write, What::There(&object), &budget)?;
                if object.folder != target {
                    counts.add(&object.folder, -1, -signed(object.size));
                    counts.add(&target, 1, signed(object.size));
                    make_room(&teller, &mut counts, &bucket, &target, &object.name)?;
                    object.folder.clone_from(&target);
                    settle(&teller, &bucket, &object, EventKind::ObjectMoved)?;
                }
                moved.push(object);
            }
            counts.call(&target, &original);
            counts.apply(connection, bucket.seq, now)?;
            Ok(moved)
        })
    }
}

/// Writes an object under its new key, if that is free.
fn settle(teller: &Teller<'_>, bucket: &Bucket, object: &Object, kind: EventKind) -> Result<()> {
    let there = table::object::by_name(teller.connection, bucket.seq, &object.folder, &object.name)?;
    if let Some(other) = there.filter(|other| other.seq != object.seq) {
        return Err(Error::refusal(
            Code::NameTaken,
            format!("There is a file “{}” already, stored as {}", other.original_name, other.key()),
            "Choose another name or place.",
        )
        .with("key", other.key()));
    }
    table::object::update(teller.connection, object)?;
    teller.object(kind, object, 1)
}
