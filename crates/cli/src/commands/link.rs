//! `pail link …`: signed links, which end by themselves.

use super::file::key;
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::when;
use api::wire;
use clap::{Args, Subcommand};

/// What can be done with signed links. A bucket is named by id or slug, a file by its key (folder/name.ext).
#[derive(Subcommand)]
pub enum Verb {
    /// Make a link that ends, and print it
    Sign(Sign),
    /// List the signed links to a file that have not ended
    List {
        /// Id or slug
        bucket: String,
        /// Key, or the name the file came with
        key: String,
    },
    /// Revoke a signed link; it answers no more
    Revoke {
        /// Id of the link, as it is listed
        id: String,
    },
    /// Sign with a new key from now on
    Rotate {
        /// End all links that were signed before
        #[arg(long)]
        revoke: bool,
    },
}

#[derive(Args)]
pub struct Sign {
    /// Id or slug
    bucket: String,
    /// Key, or the name the file came with
    key: String,
    /// How long it lives: 3600, 90s, 15m, 1h or 7d, which is the longest
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = when::seconds)]
    expires: i64,
    /// Offer it for download, under its own name or another
    #[arg(long, value_name = "NAME", num_args = 0..=1)]
    download: Option<Option<String>>,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Sign(sign) => make(session, sign),
        Verb::List { bucket, key } => show_all(session, bucket, &key),
        Verb::Revoke { id } => {
            let done: wire::Nothing = session.call("link_revoke", wire::LinkRevokeRequest { link: id })?;
            session.show(&done, |_| output::line("The link is revoked"))
        }
        Verb::Rotate { revoke } => {
            let done: wire::Nothing = session.call("link_rotate", wire::LinkRotateRequest { revoke })?;
            let former = if revoke { "answer no more" } else { "answer until they end" };
            session
                .show(&done, |_| output::line(&format!("Links are signed anew. Those made before {former}.")))
        }
    }
}

fn make(session: &Session, sign: Sign) -> Result<(), Failure> {
    let object = key::object(&sign.key)?;
    let download = match sign.download {
        Some(None) => Some(own_name(session, &sign.bucket, &object)?),
        Some(named) => named,
        None => None,
    };
    let request = wire::LinkSignRequest { bucket: sign.bucket, object, seconds: sign.expires, download };
    let link: wire::SignedLink = session.call("link_sign", request)?;
    session.show(&link, |link| output::line(&link.url))
}

/// What the file was called when it came.
fn own_name(session: &Session, bucket: &str, object: &wire::ObjectRef) -> Result<String, Failure> {
    let request = wire::ObjectRequest { bucket: bucket.to_owned(), object: object.clone() };
    let found: wire::ObjectDetail = session.call("object_show", request)?;
    Ok(found.object.original_name)
}

fn show_all(session: &Session, bucket: String, typed: &str) -> Result<(), Failure> {
    let request = wire::ObjectRequest { bucket, object: key::object(typed)? };
    let links: Vec<wire::SignedLink> = session.call("link_list", request)?;
    session.show(&links, |links| {
        let mut table = Table::new(&["Id", "Ends", "Made", "By", "State", "Link"], &[]);
        for link in links {
            let state = if link.revoked.is_some() { "revoked" } else { "good" };
            table.row([
                link.id.clone(),
                when::minute(link.expires),
                when::minute(link.created),
                link.by.clone(),
                state.to_owned(),
                link.url.clone(),
            ]);
        }
        table.print()
    })
}
