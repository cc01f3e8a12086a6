//! Brings files in. The page passes paths; the bytes never come near it.

use super::{Answer, aside};
use api::wire::{IngestRequest, Ingested, Transfer};
use engine::{Caller, Engine};
use tauri::{State, ipc::Channel};

/// Copies in what the request names, and reports while it does.
#[tauri::command]
pub async fn ingest(
    engine: State<'_, Engine>,
    request: IngestRequest,
    reports: Channel<Transfer>,
) -> Answer<Ingested> {
    let engine = engine.inner().clone();
    aside(move || {
        // A page that was loaded anew no longer listens; the files come in all the same.
        api::ingest(&engine, &Caller::window(), request, &|transfer| drop(reports.send(transfer)))
    })
    .await
}
