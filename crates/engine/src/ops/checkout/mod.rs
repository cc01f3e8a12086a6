//! Editing with other programs: a working copy is checked out, and each save of it becomes a new version.

mod take_in;
mod watch;

pub use watch::Watch;

use super::{Teller, object, open_bucket};
use crate::db::table::{self, checkout::Checkout};
use crate::model::{EventKind, Object, ObjectRef};
use crate::{Caller, Code, Engine, Error, Result};
use std::fs;
use std::path::PathBuf;

impl Engine {
    /// Checks out a working copy under the original name, or answers the one there is.
    ///
    /// # Errors
    /// `forbidden` for all but the person at this machine; `bucket_not_found`, `object_not_found`, `in_trash`,
    /// `bucket_disabled`, `content_missing`, `no_space`, `io`.
    pub fn checkout_start(&self, caller: &Caller, bucket: &str, which: &ObjectRef) -> Result<Checkout> {
        caller.need_person()?;
        let (object, content) = self.object_open(caller, bucket, which)?;
        let there = self.checkout_list()?.into_iter().find(|checkout| checkout.object == object.id);
        if let Some(checkout) = there.filter(|checkout| PathBuf::from(&checkout.path).exists()) {
            return Ok(checkout);
        }
        let directory = self.inner.home.working().join(&object.id);
        let path = directory.join(object::file_name(&object));
        fs::create_dir_all(&directory)
            .and_then(|()| object::export(content.as_ref(), &path, false))
            .map_err(|error| Error::storage(error, "make a working copy"))?;
        let checkout = Checkout {
            object_seq: object.seq,
            object: object.id.clone(),
            bucket: object.bucket.clone(),
            path: path.to_string_lossy().into_owned(),
            started: self.now(),
            by: caller.name().to_owned(),
        };
        let note = checkout.clone();
        self.write(move |connection| {
            table::checkout::insert(connection, note.object_seq, &note.path, note.started, &note.by)?;
            Teller { connection, now: note.started, by: &note.by }.object(
                EventKind::CheckoutStarted,
                &object,
                1,
            )
        })?;
        Ok(checkout)
    }

    /// Ends the editing: a last save is taken in, then the working copy goes. If that save is refused, the working
    /// copy stays.
    ///
    /// # Errors
    /// `forbidden` for all but the person at this machine; `checkout_not_found`; what refused the last save.
    pub fn checkout_finish(&self, caller: &Caller, bucket: &str, which: &ObjectRef) -> Result<()> {
        caller.need_person()?;
        let object = self.read(|connection| {
            let bucket = open_bucket(connection, caller, bucket)?;
            object::live_object(connection, &bucket, which)
        })?;
        let there = self.checkout_list()?.into_iter().find(|checkout| checkout.object == object.id);
        let checkout = there.ok_or_else(|| not_checked_out(&object))?;
        self.take_in(&checkout)?;
        let (now, by) = (self.now(), caller.name().to_owned());
        self.write(move |connection| {
            if !table::checkout::delete(connection, object.seq)? {
                return Err(not_checked_out(&object));
            }
            Teller { connection, now, by: &by }.object(EventKind::CheckoutEnded, &object, 1)
        })?;
        fs::remove_dir_all(self.inner.home.working().join(&checkout.object))
            .or_else(|error| if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
            .map_err(|error| Error::storage(error, "remove the working copy"))
    }

    /// The working copies, oldest first.
    ///
    /// # Errors
    /// `database`.
    pub fn checkout_list(&self) -> Result<Vec<Checkout>> {
        self.read(table::checkout::list)
    }
}

fn not_checked_out(object: &Object) -> Error {
    Error::new(Code::CheckoutNotFound, format!("“{}” is not open for editing.", object.original_name))
}
