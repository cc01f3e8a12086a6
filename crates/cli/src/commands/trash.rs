//! `pail trash …`

use super::purged;
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::when;
use api::wire;
use clap::Subcommand;
use engine::rules::words;
use std::io;

/// Objects asked for at once.
const PAGE: u32 = 1000;

/// What can be done with what was deleted.
#[derive(Subcommand)]
pub enum Verb {
    /// List deleted buckets and files
    List,
    /// Delete everything in the trash for good
    Empty,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::List => {
            let trash = all(session)?;
            session.show(&trash, table)
        }
        Verb::Empty => {
            let answer: wire::Purged = session.call("trash_empty", wire::Nothing {})?;
            session.show(&answer, |answer| output::line(&purged(answer)))
        }
    }
}

/// Every page of the trash as one.
fn all(session: &Session) -> Result<wire::Trash, Failure> {
    let page = |offset| {
        session.call("trash_list", wire::TrashListRequest { offset: Some(offset), limit: Some(PAGE) })
    };
    let mut trash: wire::Trash = page(0)?;
    loop {
        let next: wire::Trash = match trash.objects.len() as u64 {
            seen if seen < trash.files => page(seen)?,
            _ => return Ok(trash),
        };
        // Somebody may have emptied it meanwhile.
        if next.objects.is_empty() {
            return Ok(trash);
        }
        trash.objects.extend(next.objects);
    }
}

fn table(trash: &wire::Trash) -> io::Result<()> {
    let mut table = Table::new(&["Deleted", "Size", "File or bucket", "Bucket"], &[1]);
    for bucket in &trash.buckets {
        let deleted = bucket.deleted.map_or_else(String::new, when::minute);
        table.row([deleted, words::size(bucket.byte_count), bucket.slug.clone(), bucket.title.clone()]);
    }
    for trashed in &trash.objects {
        let object = &trashed.object;
        let deleted = object.deleted.map_or_else(String::new, when::minute);
        table.row([deleted, words::size(object.size), object.key.clone(), trashed.bucket_title.clone()]);
    }
    table.print()
}
