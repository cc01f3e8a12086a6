//! What is said of an object besides its content: metadata (C4) and who may read it (E8).

use super::live_object;
use crate::db::table;
use crate::model::{Act, EventKind, Object, ObjectRef, Visibility};
use crate::ops::access::{self, What};
use crate::ops::{Teller, open_bucket};
use crate::{Caller, Code, Engine, Error, Result, rules};

/// Metadata is at most so many bytes of JSON.
const MAX_METADATA: usize = 8 * 1024;

/// Changes; `None` leaves a thing as it is.
#[derive(Debug, Clone, Default)]
pub struct ObjectChanges {
    /// All of its metadata: a JSON object of at most 8 KB.
    pub metadata: Option<String>,
    /// Who may read it; `Some(None)`: as the bucket's policy says.
    pub visibility: Option<Option<Visibility>>,
}

impl Engine {
    /// Changes metadata or visibility of a live object. Its content and versions stay as they are.
    ///
    /// # Errors
    /// `invalid_metadata`; `bucket_not_found`, `object_not_found`, `in_trash`, `bucket_disabled`, `sign_in_needed`,
    /// `forbidden`.
    pub fn object_update(
        &self,
        caller: &Caller,
        bucket: &str,
        object: &ObjectRef,
        changes: ObjectChanges,
    ) -> Result<Object> {
        let (now, caller, reference, which) = (self.now(), caller.clone(), bucket.to_owned(), object.clone());
        if let Some(metadata) = &changes.metadata {
            check_metadata(metadata)?;
        }
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            let mut object = live_object(connection, &bucket, &which)?;
            access::may(connection, &caller, &bucket, Act::Write, What::There(&object))?;
            if let Some(metadata) = changes.metadata {
                // A rule may look at the metadata: nobody writes what they could not have brought.
                access::may(connection, &caller, &bucket, Act::Write, What::ToCome(&metadata))?;
                object.metadata = metadata;
            }
            object.visibility = changes.visibility.unwrap_or(object.visibility);
            table::object::update(connection, &object)?;
            table::bucket::count(connection, bucket.seq, 0, 0, now)?;
            Teller { connection, now, by: caller.name() }.object(EventKind::ObjectUpdated, &object, 1)?;
            Ok(object)
        })
    }
}

/// Refuses metadata that is no JSON object or too large.
pub(crate) fn check_metadata(metadata: &str) -> Result<()> {
    let refused = |reason: String| {
        Err(Error::refusal(
            Code::InvalidMetadata,
            reason,
            "Send a JSON object such as {\"team\": \"eng\"}, of at most 8 KB.",
        ))
    };
    if metadata.len() > MAX_METADATA {
        return refused(format!("This metadata has {} bytes", metadata.len()));
    }
    match rules::json::check(metadata) {
        Err(error) => {
            refused(format!("This metadata cannot be read: {}", error.message().trim_end_matches('.')))
        }
        Ok(()) if !metadata.trim_start().starts_with('{') => {
            refused("This metadata is not a JSON object".to_owned())
        }
        Ok(()) => Ok(()),
    }
}
