//! One door to the whole command list.

use super::{Answer, aside};
use engine::{Caller, Engine};
use serde_json::Value;
use tauri::State;

/// Runs a command of the list as the person at the window.
#[tauri::command]
pub async fn run_command(engine: State<'_, Engine>, name: String, payload: Value) -> Answer<Value> {
    let engine = engine.inner().clone();
    aside(move || api::dispatch(&engine, &Caller::window(), &name, payload)).await
}
