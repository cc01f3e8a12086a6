//! May this caller do that here? The one place where every face's question is answered; the rules themselves are in
//! [`crate::rules::policy`].

use crate::caller::sign_in;
use crate::db::table;
use crate::model::{Act, Bucket, Object, Policy, Privilege, Rules, Visibility};
use crate::rules::cel::Budget;
use crate::rules::policy::{self, Asker, Subject, Verdict};
use crate::{Caller, Code, Error, Result};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use std::collections::HashMap;
use std::sync::Arc;

/// What is asked about.
#[derive(Clone, Copy)]
pub(crate) enum What<'a> {
    /// The bucket's data: it counts as brought by the bucket's owner.
    Data,
    /// An object that is there.
    There(&'a Object),
    /// An object to come, with its metadata.
    ToCome(&'a str),
}

/// What the policy says, without the key's privileges.
pub(crate) fn verdict(
    connection: &Connection,
    asker: &Asker<'_>,
    bucket: &Bucket,
    act: Act,
    what: What<'_>,
) -> Result<Verdict> {
    verdict_within(connection, asker, bucket, act, what, &Budget::default())
}

/// The same as one of many, whose rules take from one budget.
pub(crate) fn verdict_within(
    connection: &Connection,
    asker: &Asker<'_>,
    bucket: &Bucket,
    act: Act,
    what: What<'_>,
    budget: &Budget,
) -> Result<Verdict> {
    let (uploader, visibility, metadata) = match what {
        What::Data => (bucket.created_by.as_str(), None, "{}"),
        What::There(object) => (object.uploader.as_str(), object.visibility, object.metadata.as_str()),
        What::ToCome(metadata) => (asker.user.unwrap_or_default(), None, metadata),
    };
    // Only a rule asks for the id.
    let id = match bucket.policy {
        Policy::Rules => table::user::id_of(connection, uploader)?.unwrap_or_default(),
        _ => String::new(),
    };
    let subject = Subject {
        owner: &bucket.created_by,
        uploader: Some(uploader),
        uploader_id: &id,
        visibility,
        metadata,
    };
    Ok(policy::decide_within(bucket.policy, &bucket.rules, act, asker, &subject, budget))
}

/// Refuses what the caller's key or the bucket's policy does not allow.
///
/// # Errors
/// `sign_in_needed` for whoever has shown no key, `forbidden` otherwise.
pub(crate) fn may(
    connection: &Connection,
    caller: &Caller,
    bucket: &Bucket,
    act: Act,
    what: What<'_>,
) -> Result<()> {
    may_within(connection, caller, bucket, act, what, &Budget::default())
}

/// The same for one of many objects, whose rules take from one budget.
///
/// # Errors
/// As [`may`]; `forbidden` too for all that comes when the budget is spent.
pub(crate) fn may_within(
    connection: &Connection,
    caller: &Caller,
    bucket: &Bucket,
    act: Act,
    what: What<'_>,
    budget: &Budget,
) -> Result<()> {
    if act != Act::Read && caller.is_signed_in() {
        caller.need_to_edit()?;
    }
    if caller.is_admin() {
        return Ok(());
    }
    let verdict = verdict_within(connection, &caller.asker(), bucket, act, what, budget)?;
    if verdict.allowed { Ok(()) } else { Err(refused(caller, bucket, &verdict.why)) }
}

/// Refuses to change the settings of a bucket or to delete it: that is for its owner and admins, and in an
/// `authenticated` bucket for every user with the privilege.
pub(crate) fn may_manage(caller: &Caller, bucket: &Bucket, privilege: Privilege) -> Result<()> {
    if caller.is_admin() {
        return Ok(());
    }
    caller.need(privilege)?;
    if bucket.policy == Policy::Authenticated || bucket.created_by == caller.name() {
        return Ok(());
    }
    Err(refused(caller, bucket, "Only its owner and admins may change or delete this bucket."))
}

/// Whether the caller may know of the bucket: anybody of a public one, any user of others, but of a private one only its
/// owner and admins.
pub(crate) fn may_see(caller: &Caller, bucket: &Bucket) -> bool {
    may_know_of(caller, &bucket.created_by, bucket.policy, &bucket.rules)
}

/// The same for a bucket of which no more is left.
pub(crate) fn may_know_of(caller: &Caller, owner: &str, policy: Policy, rules: &Rules) -> bool {
    caller.is_admin()
        || owner == caller.name() && caller.is_signed_in()
        || match policy {
            Policy::Public => true,
            Policy::Private => false,
            Policy::Rules => caller.is_signed_in() || rules.read.is_some(),
            Policy::Owner | Policy::Authenticated => caller.is_signed_in(),
        }
}

/// Refuses a caller who may not know of the bucket.
pub(crate) fn need_sight(caller: &Caller, bucket: &Bucket) -> Result<()> {
    if may_see(caller, bucket) {
        return Ok(());
    }
    Err(refused(caller, bucket, "Only its owner and admins may look into a private bucket."))
}

fn refused(caller: &Caller, bucket: &Bucket, why: &str) -> Error {
    if !caller.is_signed_in() {
        return sign_in().with("bucket", &bucket.id);
    }
    Error::new(Code::Forbidden, format!("{} may not do this in “{}”. {why}", caller.name(), bucket.title))
        .with("bucket", &bucket.id)
        .with("why", why)
}

/// What leaves only the objects that a caller may read in a query.
pub(crate) struct Readable {
    /// The condition on the objects `o`. It calls a function that was registered on the connection.
    pub sql: &'static str,
    budget: Arc<Budget>,
}

impl Readable {
    /// Refuses the answer of a query, or its failure, if the bucket's rule took too much for so many objects.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn check(&self, caller: &Caller, bucket: &Bucket) -> Result<()> {
        if !self.budget.is_spent() {
            return Ok(());
        }
        let why = "The bucket's rule for read takes too many steps for so many files at once. Make it simpler, or ask \
                   about fewer files.";
        Err(refused(caller, bucket, why))
    }
}

/// The condition that leaves only the objects that the caller may read; `None` if that is all of them. It is for the queries
/// that follow on this connection, which take from one budget.
pub(crate) fn readable(
    connection: &Connection,
    caller: &Caller,
    bucket: &Bucket,
) -> Result<Option<Readable>> {
    if caller.is_admin() || !needs_a_look(connection, caller, bucket)? {
        return Ok(None);
    }
    let users: HashMap<String, String> = match bucket.policy {
        Policy::Rules => table::user::ids(connection)?,
        _ => HashMap::new(),
    };
    let budget = Arc::new(Budget::default());
    let (caller, bucket, theirs) = (caller.clone(), bucket.clone(), Arc::clone(&budget));
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("may_read", 3, flags, move |context| {
        let (uploader, visibility, metadata): (String, Option<String>, String) =
            (context.get(0)?, context.get(1)?, context.get(2)?);
        let subject = Subject {
            owner: &bucket.created_by,
            uploader: Some(&uploader),
            uploader_id: users.get(&uploader).map_or("", String::as_str),
            visibility: visibility.map(|name| Visibility::named(&name).unwrap_or(Visibility::Private)),
            metadata: &metadata,
        };
        let (rules, asker) = (&bucket.rules, caller.asker());
        let verdict = policy::decide_within(bucket.policy, rules, Act::Read, &asker, &subject, &theirs);
        if theirs.is_spent() {
            return Err(rusqlite::Error::UserFunctionError(verdict.why.into()));
        }
        Ok(verdict.allowed)
    })?;
    Ok(Some(Readable { sql: "may_read(o.uploader, o.visibility, o.metadata)", budget }))
}

/// Whether objects of the bucket differ in who may read them, for this caller. Where they do not, a list can use its
/// indexes and counters.
fn needs_a_look(connection: &Connection, caller: &Caller, bucket: &Bucket) -> Result<bool> {
    let all_alike = match bucket.policy {
        Policy::Public => true,
        Policy::Authenticated => caller.is_signed_in(),
        Policy::Private | Policy::Owner | Policy::Rules => false,
    };
    Ok(!all_alike || table::object::has_hidden(connection, bucket.seq)?)
}
