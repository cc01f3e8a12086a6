//! Bringing files and folders in. Each that does not come in is told with its reason; the others come in all the same.

use super::{progress, stage};
use crate::bar::Bar;
use crate::commands::files;
use crate::failure::Failure;
use crate::interrupt;
use crate::output::{self, Table};
use crate::session::Session;
use crate::text;
use api::{ApiError, ErrorCode, wire};
use clap::{Args, ValueEnum};
use engine::rules::words;
use engine::transfer::{Decision, Ingest, Ingested, Source};
use engine::{Code, DEFAULT_SERVER, Incoming};
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// What this process calls its transfers, to cancel them by.
const TRANSFER: &str = "put";
/// Exit code of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

#[derive(Args)]
pub struct Put {
    /// Id or slug
    bucket: String,
    /// Files, and folders with everything in them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder in the bucket
    #[arg(long, value_name = "FOLDER")]
    into: Option<String>,
    /// What to do with files of one put that would get one name
    #[arg(long, value_enum, value_name = "WAY")]
    on_conflict: Option<OnConflict>,
    /// JSON object that each of them gets, or @FILE with one; then all come in together or none, and no folders
    #[arg(long, value_name = "JSON|@FILE", conflicts_with = "on_conflict")]
    metadata: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum OnConflict {
    /// The later becomes a new version of the earlier
    Replace,
    /// The later is numbered: name-2.ext
    KeepBoth,
    /// The later stays out
    Skip,
}

pub fn run(session: &Session, put: Put) -> Result<(), Failure> {
    if put.metadata.is_some() {
        return run_described(session, put);
    }
    // The system's paths need not be text, so they go to the engine as they are.
    let sources = put.paths.into_iter().map(|path| Source { path, into: String::new(), decision: None });
    let ingest = Ingest {
        bucket: put.bucket,
        folder: put.into.unwrap_or_default(),
        sources: sources.collect(),
        except: HashSet::new(),
        transfer: Some(TRANSFER.to_owned()),
    };
    cancel_when_asked(session)?;
    let bar = Bar::new();
    let ended = bring_in(session, ingest, put.on_conflict, &bar);
    bar.clear();
    let ended: wire::Ingested = ended?.into();
    let server = session.engine.workspace()?.server;
    let shown = session.show(&ended, |ended| objects(ended, server.as_deref().unwrap_or(DEFAULT_SERVER)));
    for failure in &ended.failures {
        output::tell(&told(failure), session.json);
    }
    shown?;
    if ended.failures.is_empty() { Ok(()) } else { Err(Failure::Told) }
}

/// Brings files in with metadata, in one commit.
fn run_described(session: &Session, put: Put) -> Result<(), Failure> {
    let metadata = put.metadata.as_deref().map(text::given).transpose()?;
    let folder = put.into.unwrap_or_default();
    let staged = put.paths.iter().map(|path| {
        let key = format!("{folder}/{}", stage::name_of(path)?);
        let incoming = Incoming { key, metadata: metadata.clone(), ..Incoming::default() };
        stage::file(session, &put.bucket, path, incoming)
    });
    let staged = staged.collect::<Result<Vec<_>, Failure>>()?;
    let puts = session.engine.object_commit(&session.caller, staged)?;
    let objects = puts.into_iter().map(|put| put.object.into()).collect();
    let server = session.engine.workspace()?.server;
    session.show(&wire::ObjectsChanged { objects }, |changed| {
        table(&changed.objects, server.as_deref().unwrap_or(DEFAULT_SERVER))
    })
}

/// The first Ctrl-C stops the transfer and lets it clean up; the second ends the program at once.
fn cancel_when_asked(session: &Session) -> Result<(), Failure> {
    let engine = session.engine.clone();
    let asked = AtomicBool::new(false);
    interrupt::listen(move || {
        let stopped = engine.transfer_cancel(TRANSFER, None);
        if asked.swap(true, Relaxed) || stopped.is_err() {
            std::process::exit(INTERRUPTED);
        }
    })
}

/// Brings all in; then, as the person said beforehand, those whose names met.
fn bring_in(
    session: &Session,
    mut ingest: Ingest,
    on_conflict: Option<OnConflict>,
    bar: &Bar,
) -> Result<Ingested, Failure> {
    let mut ended = session.engine.ingest(&session.caller, &ingest, &|at| progress::show(bar, at))?;
    let Some(way) = on_conflict else { return Ok(ended) };
    let decision = match way {
        OnConflict::Replace => Decision::Replace,
        OnConflict::KeepBoth => Decision::KeepBoth,
        OnConflict::Skip => Decision::Skip,
    };
    let (met, failures): (Vec<_>, Vec<_>) =
        ended.failures.into_iter().partition(|failure| failure.error.code() == Code::NameConflict);
    ended.failures = failures;
    if met.is_empty() {
        return Ok(ended);
    }
    ingest.sources = met
        .into_iter()
        .map(|failure| Source { path: failure.path, into: failure.into, decision: Some(decision) })
        .collect();
    let mut rest = session.engine.ingest(&session.caller, &ingest, &|at| progress::show(bar, at))?;
    rest.transfer.files_total += ended.transfer.files_total;
    rest.transfer.files_done += ended.transfer.files_done;
    rest.transfer.bytes_total += ended.transfer.bytes_total;
    rest.transfer.bytes_done += ended.transfer.bytes_done;
    ended.objects.extend(rest.objects);
    ended.failures.extend(rest.failures);
    rest.transfer.failed = ended.failures.len() as u64;
    Ok(Ingested {
        transfer: rest.transfer,
        added: ended.added + rest.added,
        replaced: ended.replaced + rest.replaced,
        skipped: ended.skipped + rest.skipped,
        objects: ended.objects,
        failures: ended.failures,
    })
}

/// `<path>: <reason>. <advice>`; a fault of the system says both in its reason.
fn told(failure: &wire::Failure) -> ApiError {
    let advice = match failure.code {
        ErrorCode::NameConflict => "Say what to do with it: --on-conflict replace, keep-both or skip.",
        _ => &failure.advice,
    };
    let stop = if advice.is_empty() { "" } else { ". " };
    let message = format!("{}: {}{stop}{advice}", failure.path, failure.reason);
    let mut error = ApiError::new(failure.code, message);
    error.details.insert("path".to_owned(), failure.path.clone());
    error
}

fn objects(ended: &wire::Ingested, server: &str) -> io::Result<()> {
    if !ended.objects.is_empty() {
        table(&ended.objects, server)?;
    }
    let came = ended.added + ended.replaced;
    if came > ended.objects.len() as u64 {
        let more = files(came - ended.objects.len() as u64);
        output::line(&format!("… and {more} more"))?;
    }
    if came + ended.skipped == 0 && ended.failures.is_empty() {
        output::line("There was no file in it")?;
    }
    if ended.skipped > 0 {
        output::line(&format!("{} stayed out, as you said", files(ended.skipped)))?;
    }
    Ok(())
}

fn table(objects: &[wire::ObjectInfo], server: &str) -> io::Result<()> {
    let mut table = Table::new(&["Key", "Size", "", "Link"], &[1]);
    for object in objects {
        let version = if object.version == 1 { String::new() } else { format!("version {}", object.version) };
        let link = format!("{server}/{}", object.path);
        table.row([object.key.clone(), words::size(object.size), version, link]);
    }
    table.print()
}
