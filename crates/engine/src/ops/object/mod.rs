//! Objects: put, read, listed, renamed, moved, thrown away and brought back.

mod commit;
mod copy;
pub mod cursor;
mod delete;
mod expire;
mod hashing;
mod list;
mod order;
pub mod picture;
mod purge;
mod put;
mod read;
mod rename;
mod restore;
mod revert;
mod stage;
mod tag;
mod thumbnail;
mod update;

pub use commit::Put;
pub(crate) use commit::{Arrival, Facts, OnMeeting, Refusal, Row, create, next_free};
pub(crate) use copy::{Checks, Copied, Source, unreadable};
pub(crate) use delete::{may_delete, trash_one};
pub use list::{ListRequest, Page};
pub use picture::Side;
pub(crate) use purge::{contents_of_bucket, purge_one};
pub(crate) use read::{export, file_name};
pub use stage::{Incoming, Staged};
pub use thumbnail::Picture;
pub use update::ObjectChanges;
pub(crate) use update::check_metadata;

use crate::db::table;
use crate::model::{Act, Bucket, Object, ObjectRef};
use crate::ops::access::{self, What};
use crate::ops::open_bucket;
use crate::{Caller, Code, Error, Result};
use rusqlite::Connection;

/// The live object of that reference.
pub(crate) fn live_object(connection: &Connection, bucket: &Bucket, reference: &ObjectRef) -> Result<Object> {
    match table::object::find(connection, bucket.seq, reference, false)? {
        Some(object) if object.deleted.is_none() => Ok(object),
        Some(object) => Err(Error::new(
            Code::InTrash,
            format!("“{}” is in the trash. Restore it first.", object.original_name),
        )
        .with("object", object.id)),
        None => Err(no_object(bucket, reference)),
    }
}

/// A live object that the caller may read, with its bucket.
pub(crate) fn readable_object(
    connection: &Connection,
    caller: &Caller,
    bucket: &str,
    reference: &ObjectRef,
) -> Result<(Bucket, Object)> {
    let bucket = open_bucket(connection, caller, bucket)?;
    let object = match live_object(connection, &bucket, reference) {
        // Whoever may not know of the bucket learns nothing of what is in it.
        Err(error) => {
            access::need_sight(caller, &bucket)?;
            return Err(error);
        }
        Ok(object) => object,
    };
    access::may(connection, caller, &bucket, Act::Read, What::There(&object))?;
    Ok((bucket, object))
}

/// The object of that reference in the trash.
pub(crate) fn trashed_object(
    connection: &Connection,
    bucket: &Bucket,
    reference: &ObjectRef,
) -> Result<Object> {
    match table::object::find(connection, bucket.seq, reference, true)? {
        Some(object) if object.deleted.is_some() => Ok(object),
        Some(object) => {
            Err(Error::new(Code::NotInTrash, format!("“{}” is not in the trash.", object.original_name))
                .with("object", object.id))
        }
        None => Err(no_object(bucket, reference)),
    }
}

fn no_object(bucket: &Bucket, reference: &ObjectRef) -> Error {
    let (ObjectRef::Id(name) | ObjectRef::Key(name)) = reference;
    Error::new(
        Code::ObjectNotFound,
        format!("“{}” has no file “{name}”. List its files to see their names.", bucket.title),
    )
    .with("bucket", &bucket.id)
    .with("object", name)
}

/// A count as SQLite adds it. Sizes are below 2⁶³: no disk holds more.
pub(crate) fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
