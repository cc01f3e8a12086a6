//! Signed links (C6): a link that ends, for whoever holds it, made by a caller who may read.
//!
//! Its path has the object's id where the permalink has the token: whoever takes the signature off a signed link does not
//! hold a permalink.

use super::DEFAULT_SERVER;
use crate::blob::Content;
use crate::db::table;
use crate::db::table::link::{Made, SigningKey};
use crate::model::{Act, EventKind, Object, ObjectRef, id};
use crate::ops::access::{self, What};
use crate::ops::object::readable_object;
use crate::ops::{Teller, live_bucket};
use crate::rules::sign::{self, Claim};
use crate::{Caller, Code, Engine, Error, Result};
use rusqlite::Connection;

/// What a signed link is to be.
#[derive(Debug, Clone)]
pub struct SignRequest {
    /// Seconds until it ends: 1 to 604,800.
    pub seconds: i64,
    /// Offer it for download, under this name; `None`: shown where it can be.
    pub download: Option<String>,
}

/// A signed link that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLink {
    /// To revoke it by.
    pub id: String,
    /// The whole address.
    pub url: String,
    /// Path and query, without the server.
    pub path: String,
    /// When it ends, in Unix milliseconds.
    pub expires: i64,
    /// When it was made, in Unix milliseconds.
    pub created: i64,
    /// Who made it.
    pub by: String,
    /// The name it offers for download.
    pub download: Option<String>,
    /// When it was revoked.
    pub revoked: Option<i64>,
}

impl Engine {
    /// Makes a signed link to a live object, one of its own even if there is one that says the same. It is kept, so that
    /// it can be listed and revoked.
    ///
    /// # Errors
    /// `invalid_limit` for a life that is none or longer than seven days; `bucket_not_found`, `object_not_found`,
    /// `in_trash`, `bucket_disabled`, `sign_in_needed`, `forbidden` for a caller who may not read it.
    pub fn link_sign(
        &self,
        caller: &Caller,
        bucket: &str,
        object: &ObjectRef,
        request: SignRequest,
    ) -> Result<SignedLink> {
        if !(1..=sign::LONGEST).contains(&request.seconds) {
            return Err(Error::refusal(
                Code::InvalidLimit,
                "A signed link lives from 1 second to 7 days",
                format!("Choose 1 to {} seconds.", sign::LONGEST),
            ));
        }
        let server = self.workspace()?.server.unwrap_or_else(|| DEFAULT_SERVER.to_owned());
        let (now, caller, reference, which) = (self.now(), caller.clone(), bucket.to_owned(), object.clone());
        self.write(move |connection| {
            let (_, object) = readable_object(connection, &caller, &reference, &which)?;
            let key = current_key(connection, now)?;
            // A whole second, as the link says it; the last one counts.
            let end = now.div_euclid(1000) + request.seconds;
            let (path, nonce) = (signed_path(&object), id::token());
            let claim = Claim {
                path: &path,
                expires: end,
                download: request.download.as_deref(),
                key: &key.id,
                nonce: Some(&nonce),
            };
            let query = sign::query(&key.secret, &claim);
            let made = Made {
                id: sign::id_of(&query).unwrap_or_default(),
                object: object.seq,
                path: path.clone(),
                key: key.id,
                download: request.download,
                nonce: Some(nonce),
                created: now,
                expires: end * 1000,
                by: caller.name().to_owned(),
                revoked: None,
            };
            table::link::insert(connection, &made)?;
            Teller { connection, now, by: caller.name() }.object(EventKind::LinkSigned, &object, 1)?;
            Ok(link(&server, &format!("{path}?{query}"), made))
        })
    }

    /// The signed links to a live object that have not ended, the newest first: all of them for whoever may write it, their
    /// own for whoever may read it. Their addresses are made anew.
    ///
    /// # Errors
    /// `bucket_not_found`, `object_not_found`, `in_trash`, `bucket_disabled`, `sign_in_needed`, `forbidden` for a caller
    /// who may not read it.
    pub fn link_list(&self, caller: &Caller, bucket: &str, object: &ObjectRef) -> Result<Vec<SignedLink>> {
        let server = self.workspace()?.server.unwrap_or_else(|| DEFAULT_SERVER.to_owned());
        let now = self.now();
        self.read(|connection| {
            let (bucket, object) = readable_object(connection, caller, bucket, object)?;
            caller.need_sign_in()?;
            let by = match access::may(connection, caller, &bucket, Act::Write, What::There(&object)) {
                Ok(()) => None,
                Err(refusal) if refusal.code() == Code::Forbidden => Some(caller.name()),
                Err(error) => return Err(error),
            };
            let mut links = Vec::new();
            for made in table::link::of_object(connection, object.seq, now, by)? {
                let Some(key) = table::link::key(connection, &made.key)? else { continue };
                let claim = Claim {
                    path: &made.path,
                    expires: made.expires / 1000,
                    download: made.download.as_deref(),
                    key: &key.id,
                    nonce: made.nonce.as_deref(),
                };
                let path = format!("{}?{}", made.path, sign::query(&key.secret, &claim));
                links.push(link(&server, &path, made));
            }
            Ok(links)
        })
    }

    /// Revokes a signed link: it answers no more, whoever holds it. Whoever made it may, and who may write its object.
    ///
    /// # Errors
    /// `link_not_found`, `sign_in_needed`, `forbidden`.
    pub fn link_revoke(&self, caller: &Caller, id: &str) -> Result<()> {
        let (now, caller, id) = (self.now(), caller.clone(), id.to_owned());
        self.write(move |connection| {
            caller.need_sign_in()?;
            let nothing = || {
                Error::new(Code::LinkNotFound, "There is no such signed link. List the links of its file.")
                    .with("link", &id)
            };
            let made = table::link::find(connection, &id)?.ok_or_else(nothing)?;
            let object = table::object::by_seq(connection, made.object)?.ok_or_else(nothing)?;
            let bucket = table::bucket::by_seq(connection, object.bucket_seq)?.ok_or_else(nothing)?;
            if made.by != caller.name() {
                access::may(connection, &caller, &bucket, Act::Write, What::There(&object))?;
            }
            table::link::revoke(connection, &made.id, now)?;
            Teller { connection, now, by: caller.name() }.object(EventKind::LinkRevoked, &object, 1)
        })
    }

    /// Signs links with a new key from now on. Links made before stay good until they end, unless `revoke` ends them all
    /// at once.
    ///
    /// # Errors
    /// `forbidden` for all but admins.
    pub fn link_rotate(&self, caller: &Caller, revoke: bool) -> Result<()> {
        caller.need_admin()?;
        let (now, by) = (self.now(), caller.name().to_owned());
        self.write(move |connection| {
            if revoke {
                table::link::revoke_keys(connection, now)?;
                Teller { connection, now, by: &by }.tell(EventKind::LinkRevoked, None, None, "", 1)?;
            }
            new_key(connection, now).map(|_| ())
        })
    }

    /// Forgets links that have ended; there is nothing left to revoke of them.
    pub(crate) fn forget_ended_links(&self) -> Result<()> {
        let now = self.now();
        if !self.read(|connection| table::link::any_ended(connection, now))? {
            return Ok(());
        }
        self.write(move |connection| table::link::forget_ended(connection, now))
    }

    /// The object behind a signed link with its current content, and the name it is to be downloaded under, if the link
    /// says so. `path` is what was asked for, without the first slash; `query` what came after `?`.
    ///
    /// # Errors
    /// `invalid_signature`, `link_expired`, `link_revoked`; `object_not_found` for what is in the trash or gone;
    /// `bucket_disabled`, `content_missing`.
    pub fn link_open_signed(
        &self,
        bucket: &str,
        object: &str,
        path: &str,
        query: &str,
    ) -> Result<(Object, Option<String>, Box<dyn Content>)> {
        let presented = sign::parse(query)?.ok_or_else(nothing)?;
        let now = self.now();
        let (object, content) = self.open_current(|| {
            self.read(|connection| {
                let key = table::link::key(connection, &presented.key)?.ok_or_else(forged)?;
                presented.verify(&key.secret, path, now)?;
                let revoked = table::link::find(connection, &presented.id())?
                    .is_some_and(|link| link.revoked.is_some());
                if revoked || key.revoked.is_some() {
                    return Err(Error::new(Code::LinkRevoked, "This link was revoked. Ask for a new one."));
                }
                let bucket = live_bucket(connection, bucket).map_err(|_| nothing())?;
                let reference = ObjectRef::Id(object.to_owned());
                let object = table::object::find(connection, bucket.seq, &reference, false)?
                    .filter(|object| object.deleted.is_none())
                    .ok_or_else(nothing)?;
                Caller::link().may_enter(&bucket)?;
                Ok(object)
            })
        })?;
        Ok((object, presented.download, content))
    }
}

/// The path that is signed: under the object's present name.
pub(crate) fn signed_path(object: &Object) -> String {
    format!("files/bucket/{}/{}/{}", object.bucket, object.id, object.name)
}

fn link(server: &str, path: &str, made: Made) -> SignedLink {
    SignedLink {
        id: made.id,
        url: format!("{server}/{path}"),
        path: path.to_owned(),
        expires: made.expires,
        created: made.created,
        by: made.by,
        download: made.download,
        revoked: made.revoked,
    }
}

/// The key to sign with now; the first link makes the first one.
fn current_key(connection: &Connection, now: i64) -> Result<SigningKey> {
    match table::link::current_key(connection)? {
        Some(key) => Ok(key),
        None => new_key(connection, now),
    }
}

fn new_key(connection: &Connection, now: i64) -> Result<SigningKey> {
    let mut secret = [0_u8; 32];
    id::fill(&mut secret);
    let key = SigningKey { id: id::new('s', now), secret, revoked: None };
    table::link::add_key(connection, &key.id, &key.secret, now)?;
    Ok(key)
}

fn nothing() -> Error {
    Error::new(Code::ObjectNotFound, "There is no file behind this link. Ask for a new one.")
}

fn forged() -> Error {
    Error::new(Code::InvalidSignature, "This link was changed or was never signed here. Ask for a new one.")
}
