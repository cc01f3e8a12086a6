//! Puts the program together: the engine, what runs beside the window, the commands, the window.

use crate::{
    beside::{self, Status},
    changes, commands,
    drag::Drags,
    instance::Instance,
    page::Page,
    trouble, window,
};
use engine::Engine;
use std::process::ExitCode;
use tauri::{Builder, Runtime};
use tauri_plugin_window_state::StateFlags;

/// What the commands need. Generic over the runtime, so that tests run it without a display.
pub fn wire<R: Runtime>(builder: Builder<R>, engine: Engine, status: Status) -> Builder<R> {
    builder
        .manage(engine)
        .manage(status)
        .manage(Page::default())
        .manage(Drags::default())
        .manage(commands::Clipboard::default())
        .manage(commands::Running::default())
        .invoke_handler(commands::handler())
        .on_window_event(window::on_event)
}

/// Opens the window and returns when it has closed.
pub fn run(engine: Engine, instance: Instance) -> ExitCode {
    let (_beside, status) = beside::start(&engine);
    let remember = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build();
    let app = wire(Builder::default(), engine.clone(), status)
        .plugin(remember)
        .setup(|app| Ok(window::open(app)?))
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            trouble::tell(&format!("The window does not open on this computer: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let handle = app.handle().clone();
    instance.on_knock(move || window::show(&handle));
    let _changes = match changes::forward(&engine, app.handle().clone()) {
        Ok(subscription) => subscription,
        Err(error) => {
            trouble::tell(&error.message);
            return ExitCode::FAILURE;
        }
    };
    // Returning, and not leaving the process from within, lets the server and the watches end in order.
    match app.run_return(|_, _| {}) {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
