//! `pail key …`: keys of programs.

use crate::choices::{Privilege, word};
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::when::{self, End};
use api::wire;
use clap::{Args, Subcommand};

/// What can be done with keys. A key is named by id, or by name if only one living key has it.
#[derive(Subcommand)]
pub enum Verb {
    /// Make a key and print it, and nothing else; it is shown this once
    Create(Create),
    /// List the keys, revoked and ended ones too
    List,
    /// Revoke a key for ever
    Revoke {
        /// Id or name
        key: String,
    },
}

#[derive(Args)]
pub struct Create {
    /// What people call it
    name: String,
    /// What it may do, repeatable; a key without any reads
    #[arg(long = "privilege", value_name = "PRIVILEGE", value_enum)]
    privileges: Vec<Privilege>,
    /// Whose key it is [default: the home's owner]
    #[arg(long)]
    user: Option<String>,
    /// When it ends: 30d, 2027-01-01 or 2027-01-01T12:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = when::end)]
    expires: Option<End>,
    /// Most requests in a second
    #[arg(long, value_name = "N")]
    rate: Option<u32>,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Create(create) => make(session, create),
        Verb::List => show_all(session),
        Verb::Revoke { key } => {
            let revoked: wire::Key = session.call("key_revoke", wire::KeyRequest { key })?;
            session.show(&revoked, |key| output::line(&format!("“{}” is revoked ({})", key.name, key.id)))
        }
    }
}

fn make(session: &Session, create: Create) -> Result<(), Failure> {
    let request = wire::KeyCreateRequest {
        name: create.name,
        user: create.user,
        privileges: create.privileges.into_iter().map(Into::into).collect(),
        expires: create.expires.map(End::moment),
        rate: create.rate,
    };
    let made: wire::KeyMade = session.call("key_create", request)?;
    session.show(&made, |made| output::line(&made.secret))?;
    if !session.json {
        output::aside("Keep it: it is shown this once.");
    }
    Ok(())
}

fn show_all(session: &Session) -> Result<(), Failure> {
    let keys: Vec<wire::Key> = session.call("key_list", wire::Nothing {})?;
    session.show(&keys, |keys| {
        let mut table = Table::new(&["Id", "Begins", "User", "Privileges", "Ends", "Last used", "Name"], &[]);
        for key in keys {
            table.row([
                key.id.clone(),
                key.prefix.clone(),
                key.user.clone(),
                privileges(key),
                end(key),
                key.used.map_or_else(|| "never".to_owned(), when::minute),
                key.name.clone(),
            ]);
        }
        table.print()
    })
}

fn privileges(key: &wire::Key) -> String {
    let words: Vec<String> = key.privileges.iter().map(word).collect();
    if words.is_empty() { "read".to_owned() } else { words.join(", ") }
}

fn end(key: &wire::Key) -> String {
    match (key.revoked, key.expires) {
        (Some(_), _) => "revoked".to_owned(),
        (None, Some(end)) => when::minute(end),
        (None, None) => "never".to_owned(),
    }
}
