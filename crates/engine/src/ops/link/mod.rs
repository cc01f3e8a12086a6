//! Permalinks (A7): the token is the secret, and it belongs to the object, not to its content or its name.

mod signed;

pub use signed::{SignRequest, SignedLink};

use super::live_bucket;
use crate::blob::Content;
use crate::db::table;
use crate::model::{Object, ObjectRef};
use crate::{Caller, Code, Engine, Error, Result};

/// The address that links begin with when no server runs.
pub const DEFAULT_SERVER: &str = "http://127.0.0.1:7245";

impl Engine {
    /// The object behind a permalink with its current content.
    ///
    /// # Errors
    /// `object_not_found` for a wrong bucket or token and for what is in the trash, all alike; `bucket_disabled`;
    /// `content_missing`.
    pub fn link_open(&self, bucket: &str, token: &str) -> Result<(Object, Box<dyn Content>)> {
        let nothing =
            || Error::new(Code::ObjectNotFound, "There is no file behind this link. Ask for a new one.");
        let object = self.read(|connection| {
            let object = table::object::by_token(connection, token)?.ok_or_else(nothing)?;
            if object.bucket != bucket || object.deleted.is_some() {
                return Err(nothing());
            }
            let bucket = live_bucket(connection, bucket).map_err(|_| nothing())?;
            Caller::link().may_enter(&bucket)?;
            Ok(object)
        })?;
        let content = self.open_content(&object, object.version)?;
        Ok((object, content))
    }

    /// The whole address of an object's permalink, and whether a server of this home answers it now.
    ///
    /// # Errors
    /// `bucket_not_found`, `object_not_found`, `in_trash`, `bucket_disabled`.
    pub fn link_show(
        &self,
        caller: &Caller,
        bucket: &str,
        object: &ObjectRef,
    ) -> Result<(Object, String, bool)> {
        let object = self.object_show(caller, bucket, object)?;
        let server = self.workspace()?.server;
        let url = format!("{}/{}", server.as_deref().unwrap_or(DEFAULT_SERVER), object.path());
        Ok((object, url, server.is_some()))
    }
}
