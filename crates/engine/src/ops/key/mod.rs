//! API keys (A8): made, listed, revoked, and recognised.

mod authenticate;

pub(crate) use authenticate::over;

use super::{Teller, user};
use crate::db::table;
use crate::model::{EventKind, Key, Privilege, Role, id};
use crate::{Caller, Code, Engine, Error, Result};
use base64::Engine as _;
use rusqlite::Connection;

/// Characters of the secret that are kept to know the key by.
const PREFIX: usize = 10;
const MAX_NAME: usize = 100;

/// What a new key is to be.
#[derive(Debug, Clone, Default)]
pub struct NewKey {
    /// What people call it.
    pub name: String,
    /// Whose: id or name of a user; the home's owner, if nobody is named.
    pub user: Option<String>,
    /// What it may do.
    pub privileges: Vec<Privilege>,
    /// When it ends, in Unix milliseconds.
    pub expires: Option<i64>,
    /// The most requests in a second.
    pub rate: Option<u32>,
}

impl Engine {
    /// Makes a key and answers it with its secret: 256 random bits that are shown here once and kept by nobody.
    ///
    /// # Errors
    /// `forbidden` for all but admins, and for the privilege `admin` to a user who is none; `invalid_name`,
    /// `invalid_limit` for an end in the past or a rate of 0; `user_not_found`.
    pub fn key_create(&self, caller: &Caller, new: NewKey) -> Result<(Key, String)> {
        caller.need_admin()?;
        let (now, by) = (self.now(), caller.name().to_owned());
        let name = check(&new, now)?;
        let secret = secret();
        let (hash, prefix) = (hash(&secret), secret[..PREFIX].to_owned());
        let mut privileges = new.privileges;
        privileges.sort_unstable();
        privileges.dedup();
        let key = self.write(move |connection| {
            let user = match &new.user {
                Some(reference) => user::live_user(connection, reference)?,
                None => user::owner(connection)?,
            };
            if user.role != Role::Admin && privileges.contains(&Privilege::Admin) {
                return Err(Error::new(
                    Code::Forbidden,
                    format!(
                        "{} is a member, whose keys cannot be admin. Make them an admin first.",
                        user.name
                    ),
                )
                .with("user", &user.name));
            }
            let key = Key {
                id: id::new('k', now),
                name,
                prefix,
                user: user.name,
                privileges,
                expires: new.expires,
                rate: new.rate,
                created: now,
                created_by: by.clone(),
                used: None,
                revoked: None,
            };
            table::key::insert(connection, &key, user.seq, &hash)?;
            Teller { connection, now, by: &by }.tell(EventKind::KeyCreated, None, None, &key.name, 1)?;
            Ok(key)
        })?;
        Ok((key, secret))
    }

    /// All keys, revoked and ended ones too, the newest first.
    ///
    /// # Errors
    /// `forbidden` for all but admins.
    pub fn key_list(&self, caller: &Caller) -> Result<Vec<Key>> {
        caller.need_admin()?;
        self.read(table::key::list)
    }

    /// Revokes a key, named by id, or by name if only one living key has it. It is refused from now on, for ever.
    ///
    /// # Errors
    /// `forbidden` for all but admins, `key_not_found`, `name_conflict` if several keys have that name.
    pub fn key_revoke(&self, caller: &Caller, key: &str) -> Result<Key> {
        caller.need_admin()?;
        let (now, by, reference) = (self.now(), caller.name().to_owned(), key.to_owned());
        self.write(move |connection| {
            let mut key = only(connection, &reference)?;
            if key.revoked.is_none() {
                key.revoked = Some(now);
                table::key::revoke(connection, &key.id, now)?;
                Teller { connection, now, by: &by }.tell(EventKind::KeyRevoked, None, None, &key.name, 1)?;
            }
            Ok(key)
        })
    }
}

/// The key of that id, or the only living one of that name.
pub(crate) fn only(connection: &Connection, reference: &str) -> Result<Key> {
    let mut found = table::key::find(connection, reference)?;
    if found.len() > 1 {
        return Err(Error::refusal(
            Code::NameConflict,
            format!("{} keys are called “{reference}”", found.len()),
            "Name the one you mean by its id.",
        ));
    }
    found.pop().ok_or_else(|| {
        Error::new(
            Code::KeyNotFound,
            format!("There is no key “{reference}”. List the keys to see their ids."),
        )
        .with("key", reference)
    })
}

fn check(new: &NewKey, now: i64) -> Result<String> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(Error::refusal(
            Code::InvalidName,
            "A key needs a name",
            format!("Write one line of at most {MAX_NAME} characters."),
        ));
    }
    if new.expires.is_some_and(|end| end <= now) {
        return Err(Error::refusal(
            Code::InvalidLimit,
            "This key would have ended already",
            "Choose a time to come.",
        ));
    }
    if new.rate == Some(0) {
        return Err(Error::refusal(
            Code::InvalidLimit,
            "A key that may ask 0 times in a second is none",
            "Allow at least 1, or set no rate.",
        ));
    }
    Ok(name.to_owned())
}

/// `pail_` and 256 random bits in base64url.
fn secret() -> String {
    let mut random = [0_u8; 32];
    id::fill(&mut random);
    format!("pail_{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random))
}

/// What is kept of a secret. It is random and long, so a quick hash tells nothing of it.
fn hash(secret: &str) -> [u8; 32] {
    *blake3::hash(secret.as_bytes()).as_bytes()
}
