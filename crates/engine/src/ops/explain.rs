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
    /// why. A key that was revoked or has ended may nothing. For whoever may change the bucket's settings.
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
        let now = self.now();
        self.read(|connection| {
            let bucket = live_bucket(connection, bucket)?;
            access::may_manage(caller, &bucket, Privilege::EditBuckets)?;
            let object = object.map(|which| object::live_object(connection, &bucket, which)).transpose()?;
            let question = Question { connection, bucket: &bucket, object: object.as_ref(), now };
            Act::ALL.iter().map(|act| question.answer(who, *act)).collect()
        })
    }
}

/// What is asked about, and when.
struct Question<'a> {
    connection: &'a Connection,
    bucket: &'a Bucket,
    object: Option<&'a Object>,
    now: i64,
}

impl Question<'_> {
    fn answer(&self, who: &Who, act: Act) -> Result<Explained> {
        let verdict = match who {
            Who::Anonymous => self.judge(act, &Caller::nobody().asker())?,
            Who::User(reference) => {
                let user = user::live_user(self.connection, reference)?;
                let asker = Asker {
                    user: Some(&user.name),
                    user_id: &user.id,
                    admin: user.role == Role::Admin,
                    role: user.role.as_str(),
                    groups: &user.groups,
                };
                self.judge(act, &asker)?
            }
            Who::Key(reference) => self.of_key(reference, act)?,
        };
        Ok(Explained { act, allowed: verdict.allowed, why: verdict.why })
    }

    fn of_key(&self, reference: &str, act: Act) -> Result<Verdict> {
        let key = key::only(self.connection, reference)?;
        if let Some(why) = key::over(&key, self.now) {
            return Ok(Verdict { allowed: false, why: why.to_owned() });
        }
        let user = user::live_user(self.connection, &key.user)?;
        let caller = Caller::user(Identity { user, key });
        match caller.need(Privilege::EditBuckets) {
            Err(refusal) if act != Act::Read => {
                Ok(Verdict { allowed: false, why: refusal.message().to_owned() })
            }
            _ => self.judge(act, &caller.asker()),
        }
    }

    fn judge(&self, act: Act, asker: &Asker<'_>) -> Result<Verdict> {
        if !self.bucket.enabled {
            let why = "The bucket is switched off: it answers in the window only.".to_owned();
            return Ok(Verdict { allowed: false, why });
        }
        let what = match self.object {
            Some(object) => What::There(object),
            None if act == Act::Write => What::ToCome("{}"),
            None => What::Data,
        };
        access::verdict(self.connection, asker, self.bucket, act, what)
    }
}
