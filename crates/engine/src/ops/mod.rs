//! What the engine does: `<noun>/<verb>.rs`. Each verb checks the caller and the rules, then changes rows in one
//! transaction, events included.

pub(crate) mod access;
pub mod backup;
pub mod bucket;
pub mod checkout;
pub mod data;
pub mod doctor;
pub mod event;
pub mod explain;
pub mod export;
pub mod key;
pub mod link;
pub mod object;
pub mod trash;
pub mod user;
pub mod webhook;
pub mod workspace;

use crate::db::table;
use crate::model::{Bucket, Event, EventKind, Limits, Object};
use crate::{Caller, Code, Error, Result, rules};
use rusqlite::Connection;

/// Writes events of one act: one caller, one moment.
pub(crate) struct Teller<'a> {
    pub connection: &'a Connection,
    pub now: i64,
    pub by: &'a str,
}

impl Teller<'_> {
    pub fn bucket(&self, kind: EventKind, bucket: &Bucket, number: u64) -> Result<()> {
        self.tell(kind, Some(&bucket.id), None, &bucket.title, number)
    }

    pub fn object(&self, kind: EventKind, object: &Object, number: u64) -> Result<()> {
        let event = self.event(kind, Some(&object.bucket), Some(&object.id), &object.key(), number);
        table::event::insert(self.connection, &event, Some(object))
    }

    pub fn tell(
        &self,
        kind: EventKind,
        bucket: Option<&str>,
        object: Option<&str>,
        detail: &str,
        number: u64,
    ) -> Result<()> {
        table::event::insert(self.connection, &self.event(kind, bucket, object, detail, number), None)
    }

    fn event(
        &self,
        kind: EventKind,
        bucket: Option<&str>,
        object: Option<&str>,
        detail: &str,
        number: u64,
    ) -> Event {
        Event {
            id: 0,
            at: self.now,
            kind,
            bucket: bucket.map(str::to_owned),
            object: object.map(str::to_owned),
            detail: detail.to_owned(),
            number,
            by: self.by.to_owned(),
        }
    }
}

/// The bucket of that id or slug that is not in the trash.
pub(crate) fn live_bucket(connection: &Connection, reference: &str) -> Result<Bucket> {
    match table::bucket::find(connection, reference)? {
        Some(bucket) if bucket.deleted.is_none() => Ok(bucket),
        Some(bucket) => {
            Err(Error::new(Code::InTrash, format!("“{}” is in the trash. Restore it first.", bucket.title))
                .with("bucket", bucket.id))
        }
        None => Err(no_bucket(reference)),
    }
}

/// The same, for content: it may also be switched off for this caller.
pub(crate) fn open_bucket(connection: &Connection, caller: &Caller, reference: &str) -> Result<Bucket> {
    let bucket = live_bucket(connection, reference)?;
    caller.may_enter(&bucket)?;
    Ok(bucket)
}

pub(crate) fn no_bucket(reference: &str) -> Error {
    Error::new(
        Code::BucketNotFound,
        format!("There is no bucket “{reference}”. List the buckets to see their names."),
    )
    .with("bucket", reference)
}

/// What a file meets in a bucket: the limits, and the workspace's accept list.
pub(crate) fn limits_of(connection: &Connection, bucket: &Bucket) -> Result<(Limits, String)> {
    let workspace = workspace::get(connection)?;
    Ok((rules::limits::effective(&bucket.limits, &workspace.limits), workspace.limits.accepted_file_types))
}
