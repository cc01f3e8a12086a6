//! What needs more than a request and an answer: progress, subscriptions, paths on this machine.

use crate::error::ApiError;
use crate::wire;
use engine::transfer::{Ingest, Source};
use engine::{Caller, Engine, Subscription, Watch};
use std::path::{Path, PathBuf};

/// Brings files in and tells how far it is, about ten times a second and once at the end.
///
/// # Errors
/// Only if nothing could start; what concerns one file is among the failures of the answer.
pub fn ingest(
    engine: &Engine,
    caller: &Caller,
    request: wire::IngestRequest,
    progress: &(dyn Fn(wire::Transfer) + Sync),
) -> Result<wire::Ingested, ApiError> {
    let sources = request.sources.into_iter().map(|source| Source {
        path: PathBuf::from(source.path),
        into: source.into.unwrap_or_default(),
        decision: source.decision.map(Into::into),
    });
    let ingest = Ingest {
        bucket: request.bucket,
        folder: request.folder.unwrap_or_default(),
        sources: sources.collect(),
        except: request.except.into_iter().map(PathBuf::from).collect(),
        transfer: request.transfer,
    };
    Ok(engine.ingest(caller, &ingest, &|snapshot| progress(snapshot.clone().into()))?.into())
}

/// Tells `listener` of every change from now on, until the answer is dropped.
///
/// # Errors
/// If listening cannot begin.
pub fn subscribe(
    engine: &Engine,
    listener: impl Fn(Vec<wire::Event>) + Send + Sync + 'static,
) -> Result<Subscription, ApiError> {
    Ok(engine.subscribe(move |events| listener(events.iter().cloned().map(Into::into).collect()))?)
}

/// A read-only copy of an object for another program to open.
///
/// # Errors
/// As [`Engine::object_view`].
pub fn view_copy(
    engine: &Engine,
    caller: &Caller,
    bucket: &str,
    object: &wire::ObjectRef,
) -> Result<PathBuf, ApiError> {
    Ok(engine.object_view(caller, bucket, &object.clone().into())?)
}

/// Saves an object's content as a file of the person's.
///
/// # Errors
/// As [`Engine::object_save`].
pub fn save_copy(
    engine: &Engine,
    caller: &Caller,
    bucket: &str,
    object: &wire::ObjectRef,
    to: &Path,
) -> Result<(), ApiError> {
    engine.object_save(caller, bucket, &object.clone().into(), to)?;
    Ok(())
}

/// Takes saves of working copies in as versions, until the answer is dropped.
///
/// # Errors
/// As [`Engine::watch_checkouts`].
pub fn watch_checkouts(engine: &Engine) -> Result<Watch, ApiError> {
    Ok(engine.watch_checkouts()?)
}
