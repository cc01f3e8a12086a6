//! Export and import, at places that the person chooses in the system's dialogs.

use super::{Answer, aside, pick};
use api::wire::{ArchiveProgress, ExportRequest, Exported, ImportRequest, Imported};
use engine::{Caller, Engine};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tauri::{Runtime, State, WebviewWindow, ipc::Channel};

/// What stops the export or import that began last.
#[derive(Default)]
pub struct Running(Mutex<Arc<AtomicBool>>);

impl Running {
    /// Begins another.
    fn begin(&self) -> Arc<AtomicBool> {
        let stop = Arc::new(AtomicBool::new(false));
        *self.0.lock() = Arc::clone(&stop);
        stop
    }
}

/// Writes buckets into an archive, and reports while it does; `None` if the person chose no place.
#[tauri::command]
pub async fn export_workspace<R: Runtime>(
    window: WebviewWindow<R>,
    engine: State<'_, Engine>,
    running: State<'_, Running>,
    request: ExportRequest,
    reports: Channel<ArchiveProgress>,
) -> Answer<Option<Exported>> {
    let Some(place) = pick::place_for_archive(&window).await? else { return Ok(None) };
    let (engine, stop) = (engine.inner().clone(), running.begin());
    aside(move || {
        // A page that was loaded anew no longer listens; the archive is written all the same.
        let mut report = |at| {
            drop(reports.send(at));
            !stop.load(Relaxed)
        };
        api::export(&engine, &Caller::window(), &place, request, &mut report).map(Some)
    })
    .await
}

/// Takes the buckets of an archive in, and reports while it does; `None` if the person chose no archive.
#[tauri::command]
pub async fn import_workspace<R: Runtime>(
    window: WebviewWindow<R>,
    engine: State<'_, Engine>,
    running: State<'_, Running>,
    request: ImportRequest,
    reports: Channel<ArchiveProgress>,
) -> Answer<Option<Imported>> {
    let Some(archive) = pick::archive(&window).await? else { return Ok(None) };
    let (engine, stop) = (engine.inner().clone(), running.begin());
    aside(move || {
        let mut report = |at| {
            drop(reports.send(at));
            !stop.load(Relaxed)
        };
        api::import(&engine, &Caller::window(), &archive, &request, &mut report).map(Some)
    })
    .await
}

/// Stops the export or import that began last; it ends as `cancelled` and leaves nothing.
#[tauri::command]
pub fn stop_archive(running: State<'_, Running>) {
    running.0.lock().store(true, Relaxed);
}
