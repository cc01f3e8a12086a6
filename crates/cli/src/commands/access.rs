//! `pail access …`: who can?

use super::file::key;
use crate::choices::word;
use crate::failure::Failure;
use crate::output::Table;
use crate::session::Session;
use api::wire;
use clap::{ArgGroup, Args};

#[derive(Args)]
#[command(group = ArgGroup::new("who").required(true).multiple(false).args(["anonymous", "user", "key_of"]))]
pub struct Access {
    /// Id or slug
    bucket: String,
    /// Key of a file, or the name it came with [default: the bucket's data and new files]
    #[arg(value_name = "KEY")]
    object: Option<String>,
    /// Somebody who shows no key
    #[arg(long)]
    anonymous: bool,
    /// A user, by id or name
    #[arg(long)]
    user: Option<String>,
    /// An API key, by id or name
    #[arg(id = "key_of", long = "key", value_name = "API KEY")]
    key: Option<String>,
}

pub fn run(session: &Session, access: Access) -> Result<(), Failure> {
    let who = match (access.user, access.key) {
        (Some(user), _) => wire::Who::User(user),
        (None, Some(key)) => wire::Who::Key(key),
        (None, None) => wire::Who::Anonymous,
    };
    let object = access.object.as_deref().map(key::object).transpose()?;
    let request = wire::AccessExplainRequest { bucket: access.bucket, object, who };
    let answers: Vec<wire::Explained> = session.call("access_explain", request)?;
    session.show(&answers, |answers| {
        let mut table = Table::new(&["Act", "May", "Why"], &[]);
        for answer in answers {
            let may = if answer.allowed { "yes" } else { "no" };
            table.row([word(&answer.act), may.to_owned(), answer.why.clone()]);
        }
        table.print()
    })
}
