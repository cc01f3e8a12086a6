//! Recognising whoever shows a key.

use super::hash;
use crate::caller::Identity;
use crate::db::table;
use crate::model::Key;
use crate::{Caller, Code, Engine, Error, Result};

/// The time of a key's last use is noted once in so many milliseconds.
const NOTE_USE_EVERY: i64 = 60_000;
/// A longer secret is none of ours and not worth hashing.
const LONGEST: usize = 256;
const REVOKED: &str = "This API key was revoked.";

impl Engine {
    /// Who shows this secret.
    ///
    /// # Errors
    /// `key_refused` for a secret that is none, is revoked, has ended, or whose user was removed.
    pub fn authenticate(&self, secret: &str) -> Result<Caller> {
        let now = self.now();
        if secret.is_empty() || secret.len() > LONGEST {
            return Err(refused("This is no API key of this Pail."));
        }
        let hash = hash(secret);
        let identity = self.read(|connection| {
            let Some((key, user)) = table::key::by_hash(connection, &hash)? else { return Ok(None) };
            Ok(table::user::by_seq(connection, user)?.map(|user| Identity { user, key }))
        })?;
        let Some(identity) = identity else { return Err(refused("This is no API key of this Pail.")) };
        if identity.user.removed.is_some() {
            return Err(refused(REVOKED));
        }
        if let Some(why) = over(&identity.key, now) {
            return Err(refused(why));
        }
        if identity.key.used.is_none_or(|used| now - used >= NOTE_USE_EVERY) {
            let id = identity.key.id.clone();
            // The caller is who they are even if the disk is full.
            let _ = self.write(move |connection| table::key::note_use(connection, &id, now));
        }
        Ok(Caller::user(identity))
    }
}

/// Why a key lets nobody in any more; `None` for one that does. Those of a removed user are all revoked.
pub(crate) fn over(key: &Key, now: i64) -> Option<&'static str> {
    if key.revoked.is_some() {
        return Some(REVOKED);
    }
    key.expires.is_some_and(|end| end <= now).then_some("This API key has ended.")
}

fn refused(what: &str) -> Error {
    Error::new(Code::KeyRefused, format!("{what} Ask an admin for another."))
}
