//! “Who can?”: what a caller of one's choice may do with a bucket or an object, and why.

use super::access::{self, What};
use super::{key, live_bucket, object, user};
use crate::caller::Identity;
use crate::model::{Act, Bucket, Object, ObjectRef, Privilege, Role};
use crate::rules::policy::{Asker, Verdict};
use crate::{Caller, Engine, Result};
use rusqlite::Connection;

/// Whose rights are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Somebody who shows no key.
    Anonymous,
    /// A user with a key that has every privilege they can have: id or name.
    User(String),
    /// A key with the privileges it has: id or name.
    Key(String),
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What was asked.
    pub act: Act,
    /// Whether they may.
    pub allowed: bool,
    /// One plain sentence.
    pub why: String,
}

impl Engine {
    /// Whether somebody may read, write and delete an object, or, if none is named, the bucket's data and new files; and
    /// why. For whoever may change the bucket's settings.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `object_not_found`, `user_not_found`, `key_not_found`, `sign_in_needed`, `forbidden`.
    pub fn access_explain(
        &self,
        caller: &Caller,
        bucket: &str,
        object: Option<&ObjectRef>,
        who: &Who,
    ) -> Result<Vec<Explained>> {
        self.read(|connection| {
            let bucket = live_bucket(connection, bucket)?;
            access::may_manage(caller, &bucket, Privilege::EditBuckets)?;
            let object = object.map(|which| object::live_object(connection, &bucket, which)).transpose()?;
            Act::ALL.iter().map(|act| explain(connection, &bucket, object.as_ref(), who, *act)).collect()
        })
    }
}

fn explain(
    connection: &Connection,
    bucket: &Bucket,
    object: Option<&Object>,
    who: &Who,
    act: Act,
) -> Result<Explained> {
    let verdict = match who {
        Who::Anonymous => judge(connection, bucket, object, act, &Caller::nobody().asker())?,
        Who::User(reference) => {
            let user = user::live_user(connection, reference)?;
            let asker = Asker {
                user: Some(&user.name),
                user_id: &user.id,
                admin: user.role == Role::Admin,
                role: user.role.as_str(),
                groups: &user.groups,
            };
            judge(connection, bucket, object, act, &asker)?
        }
        Who::Key(reference) => {
            let key = key::only(connection, reference)?;
            let user = user::live_user(connection, &key.user)?;
            let caller = Caller::user(Identity { user, key });
            match caller.need(Privilege::EditBuckets) {
                Err(refusal) if act != Act::Read => {
                    Verdict { allowed: false, why: refusal.message().to_owned() }
                }
                _ => judge(connection, bucket, object, act, &caller.asker())?,
            }
        }
    };
    if !bucket.enabled {
        let why = "The bucket is switched off: it answers in the window only.".to_owned();
        return Ok(Explained { act, allowed: false, why });
    }
    Ok(Explained { act, allowed: verdict.allowed, why: verdict.why })
}

fn judge(
    connection: &Connection,
    bucket: &Bucket,
    object: Option<&Object>,
    act: Act,
    asker: &Asker<'_>,
) -> Result<Verdict> {
    let what = match object {
        Some(object) => What::There(object),
        None if act == Act::Write => What::ToCome("{}"),
        None => What::Data,
    };
    access::verdict(connection, asker, bucket, act, what)
}
