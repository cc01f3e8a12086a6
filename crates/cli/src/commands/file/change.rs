//! Renaming, moving, reverting, deleting and bringing back.

use super::{Several, key};
use crate::commands::{files, purged};
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use api::wire;
use clap::Args;

#[derive(Args)]
pub struct Rename {
    /// Id or slug
    bucket: String,
    /// Key, or the name the file came with
    key: String,
    /// The new name
    name: String,
}

#[derive(Args)]
pub struct Move {
    /// Id or slug
    bucket: String,
    /// Keys, or the names the files came with
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    /// The folder to move into; / is the top
    #[arg(long, value_name = "FOLDER")]
    to: String,
}

#[derive(Args)]
pub struct Revert {
    /// Id or slug
    bucket: String,
    /// Key, or the name the file came with
    key: String,
    /// Number of the version
    #[arg(value_name = "N")]
    version: u64,
}

pub fn rename(session: &Session, rename: Rename) -> Result<(), Failure> {
    let object = key::object(&rename.key)?;
    let request = wire::ObjectRenameRequest { bucket: rename.bucket, object, name: rename.name };
    let object: wire::ObjectInfo = session.call("object_rename", request)?;
    session.show(&object, |object| output::line(&object.key))
}

pub fn relocate(session: &Session, moving: Move) -> Result<(), Failure> {
    let objects = key::objects(&moving.keys)?;
    let request = wire::ObjectMoveRequest { bucket: moving.bucket, objects, folder: moving.to };
    let answer: wire::ObjectsChanged = session.call("object_move", request)?;
    keys(session, &answer)
}

pub fn revert(session: &Session, revert: Revert) -> Result<(), Failure> {
    let object = key::object(&revert.key)?;
    let request = wire::ObjectRevertRequest { bucket: revert.bucket, object, version: revert.version };
    let object: wire::ObjectInfo = session.call("object_revert", request)?;
    session.show(&object, |object| {
        output::line(&format!(
            "{} is as in version {}; that is version {} now",
            object.key, revert.version, object.version
        ))
    })
}

pub fn delete(session: &Session, several: Several) -> Result<(), Failure> {
    // The top is no folder that could be deleted; read as a file it is refused.
    let is_folder = |typed: &String| typed.ends_with('/') && typed.chars().any(|c| c != '/');
    let (folders, single): (Vec<_>, Vec<_>) = several.keys.into_iter().partition(is_folder);
    let request = wire::ObjectSelection { bucket: several.bucket, objects: key::objects(&single)?, folders };
    let answer: wire::ObjectsChanged = session.call("object_delete", request)?;
    session.show(&answer, |answer| {
        output::line(&format!("{} went to the trash", files(answer.objects.len() as u64)))
    })
}

pub fn restore(session: &Session, several: Several) -> Result<(), Failure> {
    let answer: wire::ObjectsChanged = session.call("object_restore", request(several)?)?;
    keys(session, &answer)
}

pub fn purge(session: &Session, several: Several) -> Result<(), Failure> {
    let answer: wire::Purged = session.call("object_purge", request(several)?)?;
    session.show(&answer, |answer| output::line(&purged(answer)))
}

fn request(several: Several) -> Result<wire::ObjectsRequest, Failure> {
    Ok(wire::ObjectsRequest { bucket: several.bucket, objects: key::objects(&several.keys)? })
}

/// Where the objects lie now.
fn keys(session: &Session, answer: &wire::ObjectsChanged) -> Result<(), Failure> {
    session.show(answer, |answer| answer.objects.iter().try_for_each(|object| output::line(&object.key)))
}
