//! The one window: its measures, where its page may go (nowhere), and how it closes.

use crate::{drag, page::Page};
use tauri::{
    App, AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent,
    webview::NewWindowResponse,
};

/// The label that `capabilities/main.json` names.
pub const MAIN: &str = "main";

/// Opens the window.
pub fn open<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Pail")
        .inner_size(1280.0, 820.0)
        .min_inner_size(720.0, 480.0)
        // Shown once it has the size and place it had last time, so that it does not jump there.
        .visible(false)
        .initialization_script(include_str!("window.js"))
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?
        .show()
}

/// Brings the window to the front. False if there is none (any more).
pub fn show<R: Runtime>(app: &AppHandle<R>) -> bool {
    let Some(window) = app.get_webview_window(MAIN) else { return false };
    // Each of them is a wish that a window manager may ignore; none is worth an error.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
    true
}

/// What happens to the window.
pub fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } if !window.state::<Page>().may_close() => api.prevent_close(),
        WindowEvent::DragDrop(event) => drag::forward(window, event),
        _ => {}
    }
}

/// Whether an address is a page of ours; the window goes nowhere else.
fn is_own(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        // Windows has no schemes of an app's own.
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows) && url.port().is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_page() {
        assert!(is_own(&"tauri://localhost/index.html".parse().unwrap()));
        for foreign in [
            "https://example.org/",
            "http://127.0.0.1:7245/files/bucket/b1/t/a.html",
            "tauri://localhost.example.org/",
            "https://tauri.localhost.example.org/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "about:blank",
            "javascript:1",
        ] {
            assert!(!is_own(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
