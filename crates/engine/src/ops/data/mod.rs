//! A bucket's document: shown, set, merged.

use super::access::{self, What};
use super::{Teller, open_bucket};
use crate::db::table;
use crate::model::{Act, Bucket, Data, EventKind};
use crate::{Caller, Code, Engine, Error, Result, rules};
use rusqlite::Connection;

impl Engine {
    /// The document, to the letter.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `bucket_disabled`,
    /// `sign_in_needed`, `forbidden`.
    pub fn data_show(&self, caller: &Caller, bucket: &str) -> Result<Data> {
        self.read(|connection| {
            let bucket = open_bucket(connection, caller, bucket)?;
            access::may(connection, caller, &bucket, Act::Read, What::Data)?;
            table::data::get(connection, bucket.seq)
        })
    }

    /// Replaces the document. With a `revision`, only if the document is still of that revision.
    ///
    /// # Errors
    /// `invalid_json`, `too_large`; `stale_revision` with the current `text`, `revision`, `modified` and `by` in the
    /// context; `bucket_not_found`, `in_trash`, `bucket_disabled`,
    /// `sign_in_needed`, `forbidden`. Then nothing is changed.
    pub fn data_set(&self, caller: &Caller, bucket: &str, text: &str, revision: Option<u64>) -> Result<Data> {
        rules::json::check(text)?;
        let text = text.to_owned();
        self.change(caller, bucket, move |bucket, current| match revision {
            Some(revision) if revision != current.revision => Err(stale(bucket, &current, revision)),
            _ => Ok(text),
        })
    }

    /// Shallow merge of a JSON object into the document (A13): no merge is lost, whoever else is writing.
    ///
    /// # Errors
    /// `invalid_json`, `not_an_object`, `too_large`, `bucket_not_found`, `in_trash`, `bucket_disabled`,
    /// `sign_in_needed`, `forbidden`. Then nothing is
    /// changed.
    pub fn data_merge(&self, caller: &Caller, bucket: &str, patch: &str) -> Result<Data> {
        rules::json::check(patch)?;
        let patch = patch.to_owned();
        self.change(caller, bucket, move |_, current| rules::json::merge(&current.text, &patch))
    }

    /// Makes the next document from the current one, under the writer.
    fn change(
        &self,
        caller: &Caller,
        bucket: &str,
        next: impl FnOnce(&Bucket, Data) -> Result<String> + Send + 'static,
    ) -> Result<Data> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            access::may(connection, &caller, &bucket, Act::Write, What::Data)?;
            let current = table::data::get(connection, bucket.seq)?;
            let text = next(&bucket, current)?;
            write(connection, &caller, &bucket, text, now)
        })
    }
}

/// Writes the next document of a bucket that was read in this transaction, and tells of it.
pub(crate) fn write(
    connection: &Connection,
    caller: &Caller,
    bucket: &Bucket,
    text: String,
    now: i64,
) -> Result<Data> {
    let revision = bucket.data_revision + 1;
    let data = Data { text, revision, modified: now, by: caller.name().to_owned() };
    table::data::put(connection, bucket.seq, &data)?;
    table::bucket::count(connection, bucket.seq, 0, 0, now)?;
    Teller { connection, now, by: caller.name() }.bucket(EventKind::DataChanged, bucket, revision)?;
    Ok(data)
}

fn stale(bucket: &Bucket, current: &Data, named: u64) -> Error {
    let message = format!(
        "The data of “{}” changed meanwhile: it is at revision {} now, and yours began at {named}. Look at both and \
         save again.",
        bucket.title, current.revision
    );
    Error::new(Code::StaleRevision, message)
        .with("text", &current.text)
        .with("revision", current.revision)
        .with("modified", current.modified)
        .with("by", &current.by)
}
