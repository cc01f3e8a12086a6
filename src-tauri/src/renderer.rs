//! Settles how WebKit draws, before anything else runs.
//!
//! On many Linux machines WebKit's DMABUF renderer leaves the window blank. It is switched off by an environment variable
//! that has to stand before the first thread starts. Setting a variable in a running program is unsafe, so the program
//! starts itself once more with the variable in place; process and arguments stay the same.

#[cfg(target_os = "linux")]
const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Returns with the variable set, by us or by the person.
#[cfg(target_os = "linux")]
pub fn settle() {
    use std::{env, os::unix::process::CommandExt, process::Command};

    if env::var_os(SWITCH).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut again = Command::new(program);
    if let Some(name) = env::args_os().next() {
        again.arg0(name);
    }
    // Comes back only if it could not be done; the window may still draw, so go on.
    let error = again.args(env::args_os().skip(1)).env(SWITCH, "1").exec();
    eprintln!("Pail goes on without {SWITCH}: {error}");
}

/// Only WebKitGTK needs it.
#[cfg(not(target_os = "linux"))]
pub fn settle() {}
