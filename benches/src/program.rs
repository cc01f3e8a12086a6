//! Other programs, run to their end.

use crate::Result;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

/// A program with its arguments, about to run quietly.
pub fn command<S: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs it; what it wrote. One that does not end well is an error with its own words.
pub fn run(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program} does not run: {error}"))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(format!("{program} ended with {}: {words}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a line of the shell, in which `$1` and the next are the arguments.
pub fn shell<S: AsRef<OsStr>>(line: &str, arguments: &[S]) -> Result<()> {
    let fixed = ["-c", line, "sh"].map(OsStr::new);
    run(&mut command("sh", fixed.into_iter().chain(arguments.iter().map(AsRef::as_ref)))).map(drop)
}
