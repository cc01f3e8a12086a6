//! The system's dialogs for choosing files and folders. Paths come from the person's own choice only.

use super::{Answer, trouble};
use rfd::{AsyncFileDialog, FileHandle};
use std::{future::Future, path::PathBuf};
use tauri::{Manager, Runtime, WebviewWindow};
use tokio::sync::oneshot;

/// What the dialogs call the files of exports.
const ARCHIVE: &str = "Export of Pail";

/// The files the person chose, or none.
#[tauri::command]
pub async fn pick_files<R: Runtime>(window: WebviewWindow<R>) -> Answer<Vec<String>> {
    let chosen = ask(&window, |dialog| dialog.set_title("Add files").pick_files()).await?;
    Ok(paths(chosen))
}

/// The folders the person chose, or none.
#[tauri::command]
pub async fn pick_folders<R: Runtime>(window: WebviewWindow<R>) -> Answer<Vec<String>> {
    let chosen = ask(&window, |dialog| dialog.set_title("Add folders").pick_folders()).await?;
    Ok(paths(chosen))
}

/// Where to save a file that is to be called `name`.
pub async fn place_for_file<R: Runtime>(window: &WebviewWindow<R>, name: String) -> Answer<Option<PathBuf>> {
    let chosen = ask(window, |dialog| dialog.set_title("Save as").set_file_name(name).save_file()).await?;
    Ok(chosen.map(|file| file.path().to_owned()))
}

/// Which folder to save files in.
pub async fn place_for_files<R: Runtime>(window: &WebviewWindow<R>, count: usize) -> Answer<Option<PathBuf>> {
    let title = format!("Save {count} files in");
    let chosen = ask(window, |dialog| dialog.set_title(title).pick_folder()).await?;
    Ok(chosen.map(|folder| folder.path().to_owned()))
}

/// Where to write an archive.
pub async fn place_for_archive<R: Runtime>(window: &WebviewWindow<R>) -> Answer<Option<PathBuf>> {
    let dialog = |dialog: AsyncFileDialog| {
        dialog.set_title("Export").add_filter(ARCHIVE, &["zip"]).set_file_name("pail.zip").save_file()
    };
    Ok(ask(window, dialog).await?.map(|file| file.path().to_owned()))
}

/// Which archive to take in.
pub async fn archive<R: Runtime>(window: &WebviewWindow<R>) -> Answer<Option<PathBuf>> {
    let dialog =
        |dialog: AsyncFileDialog| dialog.set_title("Import").add_filter(ARCHIVE, &["zip"]).pick_file();
    Ok(ask(window, dialog).await?.map(|file| file.path().to_owned()))
}

/// Opens a dialog over the window and waits for the answer. Dialogs are made on the main thread, where every system lets
/// them be made, and awaited elsewhere.
async fn ask<R: Runtime, T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    window: &WebviewWindow<R>,
    open: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
) -> Answer<T> {
    const SORRY: &str = "The dialog does not open. Drop the files into the window instead.";
    let (sender, receiver) = oneshot::channel();
    let over = window.clone();
    window
        .app_handle()
        .run_on_main_thread(move || drop(sender.send(open(AsyncFileDialog::new().set_parent(&over)))))
        .map_err(|error| trouble(SORRY, &error))?;
    let answer = receiver.await.map_err(|error| trouble(SORRY, &error))?;
    Ok(answer.await)
}

fn paths(chosen: Option<Vec<FileHandle>>) -> Vec<String> {
    chosen.unwrap_or_default().iter().map(|file| file.path().display().to_string()).collect()
}
