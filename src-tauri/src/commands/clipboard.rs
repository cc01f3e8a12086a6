//! Copies text, such as a link, for pasting elsewhere.

use super::{Answer, aside, trouble};
use parking_lot::Mutex;
use std::sync::Arc;
use tauri::State;

/// The system's clipboard, opened at the first copy. On X11 and Wayland what was copied is there only as long as this is.
#[derive(Default, Clone)]
pub struct Clipboard(Arc<Mutex<Option<arboard::Clipboard>>>);

/// Puts text on the clipboard.
#[tauri::command]
pub async fn copy_text(clipboard: State<'_, Clipboard>, text: String) -> Answer<()> {
    let clipboard = clipboard.inner().clone();
    aside(move || {
        clipboard
            .put(text)
            .map_err(|error| trouble("The clipboard is in use by another program. Try again.", &error))
    })
    .await
}

impl Clipboard {
    fn put(&self, text: String) -> Result<(), arboard::Error> {
        let mut open = self.0.lock();
        if open.is_none() {
            *open = Some(arboard::Clipboard::new()?);
        }
        open.as_mut().expect("just opened").set_text(text)
    }
}
