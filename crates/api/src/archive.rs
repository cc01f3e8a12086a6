//! Exports and imports, with progress: each face starts them in its own way, at a place that its person chose.

use crate::convert::buckets_out;
use crate::error::ApiError;
use crate::wire;
use engine::model::Category;
use engine::{Caller, Engine, ImportOptions, Progress, Selection};
use std::path::Path;
use std::time::{Duration, Instant};

/// From one report to the next, but for the first and the last.
const BETWEEN: Duration = Duration::from_millis(100);

/// Writes buckets into the archive `to`. `progress` is told about ten times a second, and answers whether to go on.
///
/// # Errors
/// As [`Engine::export`].
pub fn export(
    engine: &Engine,
    caller: &Caller,
    to: &Path,
    request: wire::ExportRequest,
    progress: &mut dyn FnMut(wire::ArchiveProgress) -> bool,
) -> Result<wire::Exported, ApiError> {
    let selection = match (request.buckets, request.category) {
        (Some(buckets), _) => Selection::Buckets(buckets),
        (None, None | Some(wire::ExportCategory::Assets)) => Selection::Category(Category::Assets),
        (None, Some(wire::ExportCategory::Attachments)) => Selection::Category(Category::Attachments),
        (None, Some(wire::ExportCategory::All)) => Selection::All,
    };
    let exported = engine.export(caller, to, &selection, &mut now_and_then(progress))?;
    Ok(wire::Exported {
        path: to.to_string_lossy().into_owned(),
        buckets: exported.buckets,
        files: exported.files,
        bytes: exported.bytes,
        size: exported.size,
    })
}

/// Takes the archive `from` in. `progress` is told about ten times a second, and answers whether to go on.
///
/// # Errors
/// As [`Engine::import`].
pub fn import(
    engine: &Engine,
    caller: &Caller,
    from: &Path,
    request: &wire::ImportRequest,
    progress: &mut dyn FnMut(wire::ArchiveProgress) -> bool,
) -> Result<wire::Imported, ApiError> {
    let options = ImportOptions { keep_ids: request.keep_ids };
    let imported = engine.import(caller, from, options, &mut now_and_then(progress))?;
    Ok(wire::Imported {
        buckets: buckets_out(engine, imported.buckets)?,
        files: imported.files,
        bytes: imported.bytes,
    })
}

/// Passes on what a face can show; the engine tells of every piece.
fn now_and_then(report: &mut dyn FnMut(wire::ArchiveProgress) -> bool) -> impl FnMut(Progress) -> bool {
    let mut last: Option<Instant> = None;
    move |at| {
        let ends = (at.files, at.bytes) == (at.files_total, at.bytes_total);
        if !ends && last.is_some_and(|last| last.elapsed() < BETWEEN) {
            return true;
        }
        last = Some(Instant::now());
        report(wire::ArchiveProgress {
            files: at.files,
            files_total: at.files_total,
            bytes: at.bytes,
            bytes_total: at.bytes_total,
        })
    }
}
