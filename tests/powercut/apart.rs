//! Running a test in a mount namespace of its own: whatever ends it, what it mounted goes with it.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Tells the inner run that it is the inner one.
const APART: &str = "PAIL_POWERCUT_APART";

/// Runs the test of that name apart from the rest of the system; says in a line why, if that cannot be.
pub fn apart(test: &str, body: impl FnOnce()) {
    if std::env::var_os(APART).is_some() {
        return body();
    }
    if let Some(reason) = missing() {
        return leave_out(test, reason);
    }
    let program = std::env::current_exe().unwrap();
    let output = Command::new("unshare")
        .args(["--mount", "--propagation", "private", "--"])
        .arg(program)
        .args([test, "--exact", "--nocapture"])
        .env(APART, "1")
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{test}: see above");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "there is no test {test}: {said}");
}

/// Says what is left out, and why.
#[expect(clippy::explicit_write, reason = "of tests that pass, what goes through eprintln is not shown")]
pub fn leave_out(what: &str, reason: &str) {
    writeln!(std::io::stderr(), "left out: {what}: {reason}").unwrap();
}

fn missing() -> Option<&'static str> {
    let can_unshare = || {
        Command::new("unshare").args(["--mount", "true"]).output().is_ok_and(|output| output.status.success())
    };
    if !rustix::process::geteuid().is_root() {
        Some("mounting needs root")
    } else if !Path::new("/dev/fuse").exists() {
        Some("there is no /dev/fuse")
    } else if !Path::new("/dev/loop-control").exists() {
        Some("there are no loop devices")
    } else if !can_unshare() {
        Some("mounting is not allowed")
    } else {
        None
    }
}
