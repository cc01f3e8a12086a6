//! What the page may call (`ui/src/host/tauri.ts`), one file to a matter. Nothing here holds up the window: the engine is
//! asked on threads of its own.

mod archive;
mod clipboard;
mod ingest;
mod open;
mod page;
mod pick;
mod run;
mod save;

pub use archive::Running;
pub use clipboard::Clipboard;

use api::{ApiError, ErrorCode};
use tauri::{Runtime, ipc::Invoke};

/// What a command answers.
type Answer<T> = Result<T, ApiError>;

/// Answers the commands that `build.rs` lists.
pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        run::run_command,
        ingest::ingest,
        page::subscribe,
        page::status,
        page::set_unsaved,
        page::close_window,
        pick::pick_files,
        pick::pick_folders,
        open::open_object,
        open::edit_object,
        open::open_link,
        save::save_as,
        clipboard::copy_text,
        archive::export_workspace,
        archive::import_workspace,
        archive::stop_archive,
    ]
}

/// Does work that may take its time on a thread where it holds up nobody.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|_| {
        Err(ApiError::new(ErrorCode::Internal, "Pail met a fault of its own. Try again, or start Pail anew."))
    })
}

/// An error of the system's, as a sentence.
fn trouble(sentence: &str, error: &dyn std::error::Error) -> ApiError {
    let mut trouble = ApiError::new(ErrorCode::Io, sentence);
    trouble.details.insert("cause".to_owned(), error.to_string());
    trouble
}

#[cfg(test)]
mod tests;
