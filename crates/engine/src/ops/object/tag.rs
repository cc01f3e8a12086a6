//! Beside each content stands what a rebuild of the index needs, should the database be lost.

use super::OnMeeting;
use super::commit::Row;
use crate::blob::{Address, Ticket};
use crate::db::table;
use crate::model::{Bucket, id};
use crate::ops::doctor::{BucketTag, ContentTag};
use crate::{Engine, Result};
use rusqlite::Connection;

impl Engine {
    /// Writes the tags of a batch before it is placed. The object that a content will belong to is looked up for that
    /// ahead of the transaction; if another writer comes between, the tag names a neighbour and the row is right.
    pub(crate) fn tag(&self, bucket: &Bucket, placing: &[(Ticket, Address)], rows: &mut [Row]) -> Result<()> {
        let now = self.now();
        self.read(|connection| {
            for ((ticket, _), row) in placing.iter().zip(rows) {
                let (tag, known) = content_tag(connection, bucket, row, now)?;
                row.known = known;
                (row.fresh_id, row.fresh_token) = (tag.object.clone(), tag.token.clone());
                if let Some(tag) = tag.write() {
                    self.inner.blobs.tag(ticket, &tag);
                }
            }
            Ok(())
        })
    }

    /// Writes what a bucket is called, once it has content.
    pub(super) fn tag_bucket(&self, bucket: &Bucket) {
        let tag =
            BucketTag { title: bucket.title.clone(), slug: bucket.slug.clone(), icon: bucket.icon.clone() };
        self.inner.blobs.tag_bucket(&bucket.id, &tag.write());
    }
}

/// The tag, and whether it names an object that is there.
fn content_tag(connection: &Connection, bucket: &Bucket, row: &Row, now: i64) -> Result<(ContentTag, bool)> {
    let present = match row.object {
        Some(seq) => table::object::by_seq(connection, seq)?,
        None if row.on_meeting == OnMeeting::KeepBoth => None,
        None => table::object::by_name(connection, bucket.seq, &row.folder, &row.name)?,
    };
    let known = present.is_some();
    let (object, token, number) = match present {
        Some(object) => {
            let next = table::version::highest(connection, object.seq)? + 1;
            (object.id, object.token, next)
        }
        None if row.fresh_id.is_empty() => (id::new('f', now), id::token(), 1),
        None => (row.fresh_id.clone(), id::token(), 1),
    };
    let original_name = if row.original_name == row.name { String::new() } else { row.original_name.clone() };
    let (size, folder) = (Some(row.size), row.folder.clone());
    Ok((ContentTag { object, token, number, size, folder, original_name }, known))
}
