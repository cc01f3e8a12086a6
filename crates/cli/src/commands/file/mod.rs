//! `pail file …`

mod change;
mod describe;
mod get;
pub mod key;
mod list;
mod progress;
mod put;
mod show;
pub mod stage;

use crate::failure::Failure;
use crate::session::Session;
use clap::{Args, Subcommand};

/// What can be done with files. A bucket is named by id or slug, a file by its key (folder/name.ext).
#[derive(Subcommand)]
pub enum Verb {
    /// Bring files and folders in
    Put(put::Put),
    /// List the files of a bucket
    List(list::List),
    /// Get a file out
    Get(get::Get),
    /// Print the link of a file
    Link(Named),
    /// Show a file and its versions
    Versions(Named),
    /// Change metadata or visibility; what is left out stays as it is
    Update(describe::Update),
    /// Rename a file within its folder; its link stays
    Rename(change::Rename),
    /// Move files into another folder; their links stay
    Move(change::Move),
    /// Make an earlier version the current one again
    Revert(change::Revert),
    /// Put files into the trash; a key that ends in / is a folder
    Delete(Several),
    /// Bring files back from the trash
    Restore(Several),
    /// Delete files in the trash for good
    Purge(Several),
}

#[derive(Args)]
pub struct Named {
    /// Id or slug
    bucket: String,
    /// Key, or the name the file came with
    key: String,
}

#[derive(Args)]
pub struct Several {
    /// Id or slug
    bucket: String,
    /// Keys, or the names the files came with
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Put(put) => put::run(session, put),
        Verb::List(list) => list::run(session, list),
        Verb::Get(get) => get::run(session, &get),
        Verb::Link(named) => show::link(session, named),
        Verb::Versions(named) => show::versions(session, named),
        Verb::Update(update) => describe::run(session, update),
        Verb::Rename(rename) => change::rename(session, rename),
        Verb::Move(moving) => change::relocate(session, moving),
        Verb::Revert(revert) => change::revert(session, revert),
        Verb::Delete(several) => change::delete(session, several),
        Verb::Restore(several) => change::restore(session, several),
        Verb::Purge(several) => change::purge(session, several),
    }
}
