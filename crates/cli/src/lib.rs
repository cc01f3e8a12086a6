//! Pail at the command line: `pail <noun> <verb>`, and `pail serve`. It translates between the terminal and the
//! command list of `api`; what may be and what may not is the engine's business.

mod access;
mod arguments;
mod bar;
mod choices;
mod commands;
mod failure;
pub mod fuzzing;
mod interrupt;
mod limits;
mod output;
mod session;
mod size;
mod text;
mod when;

use arguments::Arguments;
use clap::Parser as _;
use std::process::ExitCode;

/// Does what the arguments of this process say.
///
/// Exit codes: 0 done, 1 refused or in trouble (a sentence on standard error), 2 wrong usage; that ends the process here.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.json;
    match commands::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(json),
    }
}
