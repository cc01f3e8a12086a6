//! The Pail window: the desktop face of the engine. It translates and decides nothing.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod arguments;
mod beside;
mod changes;
mod commands;
mod drag;
mod instance;
mod page;
mod renderer;
mod trouble;
mod window;

use arguments::Arguments;
use engine::Engine;
use instance::Claim;
use std::process::ExitCode;

fn main() -> ExitCode {
    renderer::settle();
    match start(Arguments::read()) {
        Ok(code) => code,
        Err(error) => {
            trouble::tell(error.message());
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: Arguments) -> engine::Result<ExitCode> {
    let home = engine::home::locate(arguments.home)?;
    match instance::claim(&home) {
        Claim::Theirs => Ok(ExitCode::SUCCESS),
        Claim::Ours(instance) => Ok(app::run(Engine::open(&home)?, instance)),
        Claim::Silent => {
            trouble::tell(&format!(
                "A Pail window is already open on {} but does not answer. Close it, then start Pail again.",
                home.display()
            ));
            Ok(ExitCode::FAILURE)
        }
    }
}
