//! Getting a file out: to standard output, under its own name, or under another.

use super::key;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use api::{ErrorCode, wire};
use clap::Args;
use engine::blob::Content;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

/// Bytes read at once.
const PIECE: usize = 512 * 1024;

#[derive(Args)]
pub struct Get {
    /// Id or slug
    bucket: String,
    /// Key, or the name the file came with
    key: String,
    /// File to write, or folder to write into; - is standard output [default: standard output if it is no terminal,
    /// else the file's own name here]
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
}

pub fn run(session: &Session, get: &Get) -> Result<(), Failure> {
    let object = key::object(&get.key)?;
    let request = wire::ObjectRequest { bucket: get.bucket.clone(), object: object.clone() };
    let found: wire::ObjectDetail = session.call("object_show", request)?;
    let to = match &get.out {
        Some(out) if out == Path::new("-") => return to_stdout(session, get, object),
        None if !io::stdout().is_terminal() => return to_stdout(session, get, object),
        Some(out) if out.is_dir() => reserve(out.join(own_name(&found.object)))?,
        Some(out) if !is_plain(out) => return into_place(session, get, object, out),
        Some(out) => out.clone(),
        None => reserve(PathBuf::from(own_name(&found.object)))?,
    };
    let reserved = get.out.as_ref() != Some(&to);
    if let Err(error) = api::save_copy(&session.engine, &session.caller, &get.bucket, &object, &to) {
        if reserved {
            // Only the empty file that kept the name; if it stays, the error of the saving says more.
            let _ = fs::remove_file(&to);
        }
        return Err(error.into());
    }
    session.show(&found.object, |_| output::line(&to.display().to_string()))
}

fn to_stdout(session: &Session, get: &Get, object: wire::ObjectRef) -> Result<(), Failure> {
    let (_, content) = session.engine.object_open(&session.caller, &get.bucket, &object.into())?;
    stream(content.as_ref(), &mut io::stdout().lock())
}

/// A device, a pipe or a link is written through; a copy would take its place.
fn into_place(session: &Session, get: &Get, object: wire::ObjectRef, out: &Path) -> Result<(), Failure> {
    let (_, content) = session.engine.object_open(&session.caller, &get.bucket, &object.into())?;
    let mut place =
        OpenOptions::new().write(true).truncate(true).open(out).map_err(|error| unwritten(out, &error))?;
    stream(content.as_ref(), &mut place).map_err(|failure| match failure {
        Failure::Output(error) => unwritten(out, &error),
        failure => failure,
    })
}

fn stream(content: &dyn Content, out: &mut dyn Write) -> Result<(), Failure> {
    let mut buffer = vec![0; PIECE];
    let mut at = 0;
    loop {
        let count = content.read_at(&mut buffer, at).map_err(|error| unread(&error))?;
        if count == 0 {
            return Ok(out.flush()?);
        }
        out.write_all(&buffer[..count])?;
        at += count as u64;
    }
}

fn unread(error: &io::Error) -> Failure {
    Failure::new(
        ErrorCode::Io,
        format!("The file could not be read: {error}. Look at the home's disk and try again."),
    )
}

/// What the file was called, unless no file can be called that.
fn own_name(object: &wire::ObjectInfo) -> &str {
    if object.original_name.len() <= 255 { &object.original_name } else { &object.name }
}

/// Whether a saved copy may take that place: nothing is there, or a file.
fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).map_or(true, |meta| meta.is_file())
}

/// Takes a name that nobody named outright; what has it already is left alone.
fn reserve(path: PathBuf) -> Result<PathBuf, Failure> {
    match File::create_new(&path) {
        Ok(_) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let message = format!("{} is there already. Name another place with -o.", path.display());
            Err(Failure::new(ErrorCode::NameTaken, message))
        }
        Err(error) => Err(unwritten(&path, &error)),
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    let code = match error.kind() {
        io::ErrorKind::StorageFull => ErrorCode::NoSpace,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorCode::ReadOnly,
        _ => ErrorCode::Io,
    };
    Failure::new(code, format!("{} could not be written: {error}. Choose another place.", path.display()))
}
