//! The commands on Tauri's mock runtime: the real handler, the real capability, no display.

use crate::{app::wire, beside::Status};
use engine::Engine;
use serde_json::{Value, json};
use tauri::{
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

/// Calls a command from the window of that label, on a fresh home.
fn call(label: &str, command: &str, arguments: Value) -> Result<Value, Value> {
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::open(home.path()).unwrap();
    let status = Status { server: Some("http://127.0.0.1:7245".into()), notice: None };
    let app = wire(mock_builder(), engine, status).build(tauri::generate_context!(test = true)).unwrap();
    let window = tauri::WebviewWindowBuilder::new(&app, label, Default::default()).build().unwrap();
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" }.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.into(),
    };
    get_ipc_response(&window, request).map(|body| body.deserialize().unwrap())
}

#[test]
fn the_main_window_may_run_a_command() {
    let bucket =
        call("main", "run_command", json!({"name": "bucket_create", "payload": {"title": "Press kit"}}));
    let bucket = bucket.unwrap();
    assert_eq!((&bucket["title"], &bucket["slug"]), (&json!("Press kit"), &json!("press-kit")));
}

#[test]
fn an_error_arrives_as_code_message_and_details() {
    let error = call("main", "run_command", json!({"name": "bucket_show", "payload": {"bucket": "none"}}))
        .unwrap_err();
    assert_eq!(error["code"], "bucket_not_found");
    assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{error}");
    assert!(error["details"].is_object(), "{error}");
}

#[test]
fn a_command_that_is_none_is_refused_with_a_code() {
    let error = call("main", "run_command", json!({"name": "format_disk", "payload": {}})).unwrap_err();
    assert_eq!(error["code"], "unknown_command");
}

#[test]
fn a_window_without_the_capability_is_refused() {
    for (command, arguments) in [
        ("run_command", json!({"name": "bucket_list", "payload": {}})),
        ("status", json!({})),
        ("open_link", json!({"url": "https://example.org/"})),
    ] {
        let error = call("preview-1", command, arguments).unwrap_err();
        assert!(error.to_string().contains("not allowed"), "{command}: {error}");
    }
}

#[test]
fn the_framework_s_own_commands_are_refused_to_the_main_window_too() {
    for command in ["plugin:event|listen", "plugin:window|close", "plugin:window-state|save_window_state"] {
        let error = call("main", command, json!({})).unwrap_err();
        assert!(
            error.to_string().contains("not allowed") || error.to_string().contains("not found"),
            "{error}"
        );
    }
}

#[test]
fn the_page_learns_where_links_are_served() {
    assert_eq!(
        call("main", "status", json!({})),
        Ok(json!({"server": "http://127.0.0.1:7245", "notice": null}))
    );
}

#[test]
fn a_link_that_is_no_web_address_does_not_open() {
    let error = call("main", "open_link", json!({"url": "file:///etc/passwd"})).unwrap_err();
    assert_eq!(error["code"], "bad_request");
}
