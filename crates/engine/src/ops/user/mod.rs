//! Users: those who may have keys. The home's owner is the first of them and stays.

use super::Teller;
use crate::db::table;
use crate::model::{EventKind, Group, Role, User, id};
use crate::{Caller, Code, Engine, Error, Result};
use rusqlite::Connection;
use std::collections::HashMap;

/// The home's owner.
const OWNER: i64 = 1;
const MAX_NAME: usize = 64;
const MAX_GROUPS: usize = 100;

/// Changes of a user; `None` leaves a thing as it is. Names never change.
#[derive(Debug, Clone, Default)]
pub struct UserChanges {
    /// What they are.
    pub role: Option<Role>,
    /// Where they belong, all of it.
    pub groups: Option<Vec<Group>>,
}

impl Engine {
    /// Makes a user. A name is never given twice, not even after its user was removed: it stands in the records.
    ///
    /// # Errors
    /// `forbidden` for all but admins, `invalid_name`, `name_taken`.
    pub fn user_create(&self, caller: &Caller, name: &str, role: Role, groups: Vec<Group>) -> Result<User> {
        caller.need_admin()?;
        let (now, by, name) = (self.now(), caller.name().to_owned(), check_name(name)?);
        let groups = check_groups(groups)?;
        self.write(move |connection| {
            if table::user::find(connection, &name)?.is_some() {
                return Err(Error::refusal(
                    Code::NameTaken,
                    format!("There is or was a user “{name}”"),
                    "Choose another name.",
                )
                .with("user", &name));
            }
            let mut user =
                User { seq: 0, id: id::new('u', now), name, role, groups, created: now, removed: None };
            user.seq = table::user::insert(connection, &user)?;
            tell(connection, now, &by, &user)?;
            Ok(user)
        })
    }

    /// The users, the owner first, then by name.
    ///
    /// # Errors
    /// `forbidden` for all but admins.
    pub fn user_list(&self, caller: &Caller) -> Result<Vec<User>> {
        caller.need_admin()?;
        self.read(table::user::list)
    }

    /// The ids of all who ever were, by the names that stand in the records.
    ///
    /// # Errors
    /// `database`.
    pub fn user_ids(&self) -> Result<HashMap<String, String>> {
        self.read(table::user::ids)
    }

    /// Changes a user's role or groups; their keys mean the new at once.
    ///
    /// # Errors
    /// `forbidden` for all but admins, and for taking the owner's role away; `user_not_found`, `invalid_name` for a group.
    pub fn user_update(&self, caller: &Caller, user: &str, changes: UserChanges) -> Result<User> {
        caller.need_admin()?;
        let (now, by, reference) = (self.now(), caller.name().to_owned(), user.to_owned());
        let groups = changes.groups.map(check_groups).transpose()?;
        self.write(move |connection| {
            let mut user = live_user(connection, &reference)?;
            user.role = changes.role.unwrap_or(user.role);
            if user.is_owner() && user.role != Role::Admin {
                return Err(owner_stays());
            }
            user.groups = groups.unwrap_or(user.groups);
            table::user::update(connection, &user)?;
            tell(connection, now, &by, &user)?;
            Ok(user)
        })
    }

    /// Removes a user; their keys are revoked. What they brought stays.
    ///
    /// # Errors
    /// `forbidden` for all but admins, and for the owner; `user_not_found`.
    pub fn user_remove(&self, caller: &Caller, user: &str) -> Result<User> {
        caller.need_admin()?;
        let (now, by, reference) = (self.now(), caller.name().to_owned(), user.to_owned());
        self.write(move |connection| {
            let mut user = live_user(connection, &reference)?;
            if user.is_owner() {
                return Err(owner_stays());
            }
            user.removed = Some(now);
            table::user::update(connection, &user)?;
            table::key::revoke_of(connection, user.seq, now)?;
            tell(connection, now, &by, &user)?;
            Ok(user)
        })
    }

    /// Row numbers of all who ever were, by name: the numbers that one of the dialects shows.
    ///
    /// # Errors
    /// `database`.
    pub fn user_numbers(&self) -> Result<HashMap<String, i64>> {
        self.read(table::user::numbers)
    }
}

/// The user of that id or name who was not removed.
pub(crate) fn live_user(connection: &Connection, reference: &str) -> Result<User> {
    table::user::find(connection, reference)?.filter(|user| user.removed.is_none()).ok_or_else(|| {
        Error::new(
            Code::UserNotFound,
            format!("There is no user “{reference}”. List the users to see their names."),
        )
        .with("user", reference)
    })
}

/// The home's owner.
pub(crate) fn owner(connection: &Connection) -> Result<User> {
    table::user::by_seq(connection, OWNER)?.ok_or_else(|| {
        Error::new(Code::Database, "The home has no owner. Run pail doctor to see what is wrong.")
    })
}

fn tell(connection: &Connection, now: i64, by: &str, user: &User) -> Result<()> {
    Teller { connection, now, by }.tell(EventKind::UserChanged, None, None, &user.name, 1)
}

fn owner_stays() -> Error {
    Error::new(
        Code::Forbidden,
        "The owner of this home stays its admin. Make another user for what you plan.",
    )
}

fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    let good = !name.is_empty()
        && name.chars().count() <= MAX_NAME
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+' | ' '));
    if good {
        return Ok(name.to_owned());
    }
    Err(Error::refusal(
        Code::InvalidName,
        format!("“{name}” is no name for a user"),
        format!("Use 1 to {MAX_NAME} letters, digits, spaces and . _ - @ +."),
    )
    .with("name", name))
}

fn check_groups(mut groups: Vec<Group>) -> Result<Vec<Group>> {
    let word = |text: &str| {
        !text.is_empty()
            && text.len() <= MAX_NAME
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+'))
    };
    if let Some(bad) = groups.iter().find(|group| !word(&group.kind) || !word(&group.id)) {
        let name = format!("{}:{}", bad.kind, bad.id);
        return Err(Error::refusal(
            Code::InvalidName,
            format!("“{name}” is no group"),
            "Write it as kind:name, such as team:eng.",
        )
        .with("name", name));
    }
    groups.sort();
    groups.dedup();
    if groups.len() > MAX_GROUPS {
        return Err(Error::refusal(
            Code::InvalidName,
            format!("A user belongs to at most {MAX_GROUPS} groups"),
            "Leave some out.",
        ));
    }
    Ok(groups)
}
