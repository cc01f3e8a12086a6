//! The commands, a file for each noun.

pub mod access;
pub mod archive;
pub mod blob_buckets;
pub mod bucket;
pub mod care;
pub mod data;
pub mod file;
pub mod key;
pub mod link;
pub mod push;
pub mod serve;
pub mod trash;
pub mod user;
pub mod webhook;
pub mod workspace;

use crate::arguments::{Arguments, Noun, Sync};
use crate::failure::Failure;
use crate::session::Session;
use api::wire;
use engine::rules::words;

/// Opens the home and does what was asked.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    // These two make a home, or its database: it must not be opened, and so made, before.
    match &arguments.noun {
        Noun::Restore(place) => return care::restore(arguments.home, arguments.json, place),
        Noun::Doctor(doctor) if doctor.rebuild => return care::rebuild(arguments.home, arguments.json),
        _ => {}
    }
    let session = Session::open(arguments.home, arguments.json)?;
    match arguments.noun {
        Noun::Bucket(verb) => bucket::run(&session, verb),
        Noun::File(verb) => file::run(&session, verb),
        Noun::Data(verb) => data::run(&session, verb),
        Noun::Link(verb) => link::run(&session, verb),
        Noun::Access(access) => access::run(&session, access),
        Noun::Push(push) | Noun::Sync(Sync::Push(push)) => push::run(&session, &push),
        Noun::BlobBuckets(verb) => blob_buckets::run(&session, verb),
        Noun::Key(verb) => key::run(&session, verb),
        Noun::User(verb) => user::run(&session, verb),
        Noun::Webhook(verb) => webhook::run(&session, verb),
        Noun::Workspace(verb) => workspace::run(&session, verb),
        Noun::Trash(verb) => trash::run(&session, verb),
        Noun::Export(export) => archive::export(&session, export),
        Noun::Import(import) => archive::import(&session, &import),
        Noun::Verify => care::verify(&session),
        Noun::Backup(place) => care::backup(&session, &place),
        Noun::Doctor(doctor) => care::doctor(&session, &doctor),
        Noun::Restore(_) => Ok(()),
        Noun::Serve(serve) => serve::run(session, &serve),
    }
}

/// `1 file`, `1,284 files`
pub fn files(number: u64) -> String {
    match number {
        1 => "1 file".to_owned(),
        _ => format!("{} files", words::count(number)),
    }
}

/// `1 bucket`, `12 buckets`
fn buckets(number: u64) -> String {
    match number {
        1 => "1 bucket".to_owned(),
        _ => format!("{} buckets", words::count(number)),
    }
}

/// What was deleted for good.
fn purged(purged: &wire::Purged) -> String {
    let files = files(purged.files);
    let size = words::size(purged.bytes);
    match purged.buckets {
        0 => format!("Deleted {files} for good, {size}."),
        1 => format!("Deleted 1 bucket and {files} for good, {size}."),
        buckets => format!("Deleted {} buckets and {files} for good, {size}.", words::count(buckets)),
    }
}
