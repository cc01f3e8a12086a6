//! Recognising whoever shows a key.

use super::hash;
use crate::caller::Identity;
use crate::db::table;
use crate::{Caller, Code, Engine, Error, Result};

/// The time of a key's last use is noted once in so many milliseconds.
const NOTE_USE_EVERY: i64 = 60_000;
/// A longer secret is none of ours and not worth hashing.
const LONGEST: usize = 256;

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
        if identity.key.revoked.is_some() || identity.user.removed.is_some() {
            return Err(refused("This API key was revoked."));
        }
        if identity.key.expires.is_some_and(|end| end <= now) {
            return Err(refused("This API key has ended."));
        }
        if identity.key.used.is_none_or(|used| now - used >= NOTE_USE_EVERY) {
            let id = identity.key.id.clone();
            // The caller is who they are even if the disk is full.
            let _ = self.write(move |connection| table::key::note_use(connection, &id, now));
        }
        Ok(Caller::user(identity))
    }
}

fn refused(what: &str) -> Error {
    Error::new(Code::KeyRefused, format!("{what} Ask an admin for another."))
}
