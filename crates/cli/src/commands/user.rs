//! `pail user …`: those who may have keys.

use crate::choices::{Role, word};
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::when;
use api::wire;
use clap::{ArgGroup, Args, Subcommand};

/// What can be done with users. A user is named by id or name.
#[derive(Subcommand)]
pub enum Verb {
    /// Make a user
    Create(Create),
    /// List the users
    List,
    /// Change a role or groups; what is left out stays as it is
    Update(Update),
    /// Remove a user; their keys are revoked, what they brought stays
    Remove {
        /// Id or name
        user: String,
    },
}

#[derive(Args)]
pub struct Create {
    /// The name; it never changes
    name: String,
    /// What they are
    #[arg(long, value_enum, default_value = "member")]
    role: Role,
    /// A group they belong to, repeatable, such as team:eng
    #[arg(long = "group", value_name = "KIND:ID")]
    groups: Vec<String>,
}

#[derive(Args)]
#[command(override_usage = "pail user update [OPTIONS] <USER>")]
#[command(group = ArgGroup::new("user_change").required(true).multiple(true).args(["role", "groups", "no_groups"]))]
pub struct Update {
    /// Id or name
    user: String,
    /// What they are
    #[arg(long, value_enum)]
    role: Option<Role>,
    /// All groups they belong to, repeatable, such as team:eng
    #[arg(long = "group", value_name = "KIND:ID", conflicts_with = "no_groups")]
    groups: Vec<String>,
    /// They belong to no group
    #[arg(long)]
    no_groups: bool,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Create(create) => {
            let request = wire::UserCreateRequest {
                name: create.name,
                role: create.role.into(),
                groups: create.groups,
            };
            told(session, &session.call("user_create", request)?, "is there")
        }
        Verb::List => show_all(session),
        Verb::Update(update) => {
            let named = update.no_groups || !update.groups.is_empty();
            let request = wire::UserUpdateRequest {
                user: update.user,
                role: update.role.map(Into::into),
                groups: named.then_some(update.groups),
            };
            told(session, &session.call("user_update", request)?, "is changed")
        }
        Verb::Remove { user } => {
            let removed: wire::User = session.call("user_remove", wire::UserRequest { user })?;
            session.show(&removed, |user| output::line(&format!("“{}” is removed", user.name)))
        }
    }
}

fn told(session: &Session, user: &wire::User, outcome: &str) -> Result<(), Failure> {
    session.show(user, |user| {
        let mut words = vec![word(&user.role)];
        words.extend(user.groups.iter().cloned());
        output::line(&format!("“{}” {outcome}: {} ({})", user.name, words.join(", "), user.id))
    })
}

fn show_all(session: &Session) -> Result<(), Failure> {
    let users: Vec<wire::User> = session.call("user_list", wire::Nothing {})?;
    session.show(&users, |users| {
        let mut table = Table::new(&["Id", "Role", "Since", "Name", "Groups"], &[]);
        for user in users {
            let role = if user.owner { "owner".to_owned() } else { word(&user.role) };
            let groups = user.groups.join(", ");
            table.row([user.id.clone(), role, when::minute(user.created), user.name.clone(), groups]);
        }
        table.print()
    })
}
