//! Permalinks (A7): the token is the secret, and it belongs to the object, not to its content or its name.

mod signed;

pub(crate) use signed::signed_path;
pub use signed::{SignRequest, SignedLink};

use crate::blob::{Address, Content};
use crate::db::table;
use crate::model::{Act, Bucket, Object, ObjectRef, Permalink, Version};
use crate::ops::access::{self, What};
use crate::{Caller, Code, Engine, Error, Result};
use rusqlite::Connection;
use std::sync::Arc;

/// The address that links begin with when no server runs.
pub const DEFAULT_SERVER: &str = "http://127.0.0.1:7245";

/// What stands behind a link. Facts only: whether they may be shown is decided at each asking.
pub(crate) struct Behind {
    object: Arc<Object>,
    bucket: Bucket,
    version: Version,
    address: Address,
}

impl Behind {
    fn find(connection: &Connection, token: &str) -> Result<Self> {
        let object = table::object::by_token(connection, token)?.ok_or_else(nothing)?;
        let bucket = table::bucket::by_seq(connection, object.bucket_seq)?.ok_or_else(nothing)?;
        let version = table::version::get(connection, object.seq, object.version)?.ok_or_else(nothing)?;
        let address = Address {
            bucket: object.bucket.clone(),
            content: version.content.clone(),
            name: version.name.clone(),
        };
        Ok(Self { object: Arc::new(object), bucket, version, address })
    }

    /// Refuses what may not be shown now under this bucket's id.
    fn check(&self, bucket: &str, now: i64) -> Result<()> {
        let ended = self.object.expires.is_some_and(|end| end <= now);
        let away = self.object.deleted.is_some() || self.bucket.deleted.is_some();
        if self.object.bucket != bucket || ended || away {
            return Err(nothing());
        }
        Caller::link().may_enter(&self.bucket)
    }

    /// Refuses whoever has the token alone, if the bucket wants more of them.
    fn check_token_is_enough(&self) -> Result<()> {
        let message = match self.bucket.permalink {
            Permalink::Open => return Ok(()),
            Permalink::Signed => {
                "Links to this bucket have to be signed. Ask for a signed link, or send an API key that may read it."
            }
            Permalink::Off => "Links to this bucket are switched off. Send an API key that may read it.",
        };
        Err(Error::new(Code::Forbidden, message).with("permalink", self.bucket.permalink.as_str()))
    }
}

fn nothing() -> Error {
    Error::new(Code::ObjectNotFound, "There is no file behind this link. Ask for a new one.")
}

impl Engine {
    /// The object behind a permalink with its current content, for whoever holds the link.
    ///
    /// # Errors
    /// `object_not_found` for a wrong bucket or token and for what is in the trash, all alike; `bucket_disabled`;
    /// `forbidden` where the bucket wants more than a token; `content_missing`, `content_damaged`.
    pub fn link_open(&self, bucket: &str, token: &str) -> Result<(Arc<Object>, Box<dyn Content>)> {
        self.link_twice(&Caller::link(), bucket, token)
    }

    /// The same for a caller: where the bucket wants more than a token, one who may read the object is let in.
    ///
    /// # Errors
    /// As [`Engine::link_open`].
    pub fn link_open_by(
        &self,
        caller: &Caller,
        bucket: &str,
        token: &str,
    ) -> Result<(Arc<Object>, Box<dyn Content>)> {
        self.link_twice(caller, bucket, token)
    }

    fn link_twice(
        &self,
        caller: &Caller,
        bucket: &str,
        token: &str,
    ) -> Result<(Arc<Object>, Box<dyn Content>)> {
        match self.link_try(caller, bucket, token) {
            // It was deleted for good, or replaced, between the look and the opening: the next look shows it.
            Err(error) if error.code() == Code::ContentMissing => self.link_try(caller, bucket, token),
            answer => answer,
        }
    }

    fn link_try(
        &self,
        caller: &Caller,
        bucket: &str,
        token: &str,
    ) -> Result<(Arc<Object>, Box<dyn Content>)> {
        let find = || self.read(|connection| Behind::find(connection, token));
        let behind = self.inner.links.get(token, find)?;
        behind.check(bucket, self.now())?;
        if let Err(refused) = behind.check_token_is_enough() {
            if !caller.is_signed_in() {
                return Err(refused);
            }
            let what = What::There(&behind.object);
            self.read(|connection| access::may(connection, caller, &behind.bucket, Act::Read, what))?;
        }
        Ok((Arc::clone(&behind.object), self.open_behind(&behind)?))
    }

    /// The same as [`Engine::link_open`], if it can be had without waiting for a disk or for anybody: what the database
    /// says is remembered and still holds, and the content is a file. `None` says nothing about the link.
    pub fn link_at_hand(&self, bucket: &str, token: &str) -> Option<(Arc<Object>, Box<dyn Content>)> {
        if !self.inner.blobs.capabilities().files {
            return None;
        }
        let behind = self.inner.links.at_hand(token)?;
        behind.check(bucket, self.now()).and_then(|()| behind.check_token_is_enough()).ok()?;
        Some((Arc::clone(&behind.object), self.open_behind(&behind).ok()?))
    }

    fn open_behind(&self, behind: &Behind) -> Result<Box<dyn Content>> {
        self.open_version(&behind.object, &behind.version, &behind.address)
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
