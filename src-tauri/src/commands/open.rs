//! Hands files and links to the system's programs. Only copies that the engine made are opened, never a path of the page's.

use super::{Answer, aside, trouble};
use api::{
    ApiError, ErrorCode,
    wire::{Checkout, ObjectRef},
};
use engine::{Caller, Engine};
use serde_json::json;
use std::{ffi::OsStr, time::Duration};
use tauri::{State, Url};

/// How long the system's opener may take to say that it knows no program. One that still runs then has found one.
const OPENER: Duration = Duration::from_secs(4);

/// Opens a read-only copy.
#[tauri::command]
pub async fn open_object(engine: State<'_, Engine>, bucket: String, object: ObjectRef) -> Answer<()> {
    let engine = engine.inner().clone();
    aside(move || {
        let copy = api::view_copy(&engine, &Caller::window(), &bucket, &object)?;
        open_file(copy.as_os_str())
    })
    .await
}

/// Opens a working copy, whose saves become versions.
#[tauri::command]
pub async fn edit_object(engine: State<'_, Engine>, bucket: String, object: ObjectRef) -> Answer<()> {
    let engine = engine.inner().clone();
    aside(move || {
        let request = json!({ "bucket": bucket, "object": object });
        let started = api::dispatch(&engine, &Caller::window(), "checkout_start", request)?;
        let checkout: Checkout = serde_json::from_value(started)
            .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))?;
        open_file(OsStr::new(&checkout.path))
    })
    .await
}

/// Opens a web address in the system's browser.
#[tauri::command]
pub async fn open_link(url: String) -> Answer<()> {
    let url = web_address(&url)?;
    aside(move || {
        hand_over(url.as_str().as_ref(), "No browser opens on this computer. Copy the link into one.")
    })
    .await
}

fn open_file(path: &OsStr) -> Answer<()> {
    hand_over(
        path,
        "No program on this computer opens files of this type. Save the file and open it from there.",
    )
}

fn hand_over(target: &OsStr, sorry: &str) -> Answer<()> {
    open::that_detached_with_timeout(target, OPENER).map_err(|error| trouble(sorry, &error))
}

/// An address that a browser is for. Anything else could start a program.
fn web_address(text: &str) -> Answer<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| {
        ApiError::new(ErrorCode::BadRequest, "Only links that begin with http:// or https:// open.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_open_in_the_browser() {
        for good in ["http://127.0.0.1:7245/files/bucket/b1/t/a.png", "https://example.org/?q=1"] {
            assert_eq!(web_address(good).unwrap().as_str(), good);
        }
        for bad in ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.c", "/etc/passwd", "-x", ""] {
            assert_eq!(web_address(bad).unwrap_err().code, ErrorCode::BadRequest, "{bad}");
        }
    }
}
