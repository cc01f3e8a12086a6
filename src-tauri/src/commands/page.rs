//! The page and its window: what it is told, and when it may close.

use super::{Answer, trouble};
use crate::{
    beside::Status,
    page::{Page, Signal},
};
use tauri::{Runtime, State, WebviewWindow, ipc::Channel};

/// The page says where it listens. A page that is loaded anew says it again.
#[tauri::command]
pub fn subscribe(page: State<'_, Page>, channel: Channel<Signal>) {
    page.listen(channel);
}

/// How the program around the page stands.
#[tauri::command]
pub fn status(status: State<'_, Status>) -> Status {
    status.inner().clone()
}

/// Whether closing the window would lose something.
#[tauri::command]
pub fn set_unsaved(page: State<'_, Page>, unsaved: bool) {
    page.set_unsaved(unsaved);
}

/// Closes the window, whatever is unsaved.
#[tauri::command]
pub fn close_window<R: Runtime>(window: WebviewWindow<R>, page: State<'_, Page>) -> Answer<()> {
    page.set_unsaved(false);
    window.close().map_err(|error| trouble("The window does not close. Close it by its title bar.", &error))
}
