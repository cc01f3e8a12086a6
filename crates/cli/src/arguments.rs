//! What can be said on the command line. The nouns keep their own verbs in `commands/<noun>`.

use crate::commands::{
    access, archive, blob_buckets, bucket, care, data, file, key, link, push, serve, trash, user, webhook,
    workspace,
};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Buckets of files and data on this machine.
#[derive(Parser)]
#[command(name = "pail", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Arguments {
    /// Home directory [default: $PAIL_HOME, else the system's data directory]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Print JSON, errors too
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub noun: Noun,
}

#[derive(Subcommand)]
pub enum Noun {
    /// Make, list and change buckets
    #[command(subcommand)]
    Bucket(bucket::Verb),
    /// Put files in, get them out, link to them
    #[command(subcommand)]
    File(file::Verb),
    /// Show and change the JSON document of a bucket
    #[command(subcommand)]
    Data(data::Verb),
    /// Make, list and revoke signed links
    #[command(subcommand)]
    Link(link::Verb),
    /// Say who may read, write and delete, and why
    Access(access::Access),
    /// Make and change buckets as files in a directory define them
    Push(push::Push),
    /// The same buckets in the words of another tool
    #[command(subcommand)]
    BlobBuckets(blob_buckets::Verb),
    /// What `pail push` does, in the words of another tool
    #[command(subcommand, hide = true)]
    Sync(Sync),
    /// Make, list and revoke keys of programs
    #[command(subcommand)]
    Key(key::Verb),
    /// Make, list and change those who may have keys
    #[command(subcommand)]
    User(user::Verb),
    /// Tell programs elsewhere of what happens in a bucket
    #[command(subcommand)]
    Webhook(webhook::Verb),
    /// Show and change the settings of the home
    #[command(subcommand)]
    Workspace(workspace::Verb),
    /// What was deleted and can come back
    #[command(subcommand)]
    Trash(trash::Verb),
    /// Write buckets with settings, data and files into one archive
    Export(archive::Export),
    /// Take the buckets of an archive in
    Import(archive::Import),
    /// Compare every file with its hash
    Verify,
    /// Make or renew a backup of the whole home, while it is in use
    Backup(care::Place),
    /// Make a home out of a backup, where there is none yet
    Restore(care::Place),
    /// Say what is wrong with the home, and put it right
    Doctor(care::Doctor),
    /// Answer links and programs over HTTP, and tell webhooks, until stopped
    Serve(serve::Serve),
}

#[derive(Subcommand)]
pub enum Sync {
    /// Make and change buckets as files in a directory define them
    Push(push::Push),
}
