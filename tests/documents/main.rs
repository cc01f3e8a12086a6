//! The lines of `docs/API.md` do what it says: each is run as it stands, in order, by a shell against a running server.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

use acceptance::{Home, Server, program};
use std::fs;
use std::process::{Command, Stdio};

const DOCUMENT: &str = include_str!("../../docs/API.md");

/// What a reader has beside the lines: `curl` that is silent about progress and fails where it is refused. A stream that
/// never ends is left after a second, which is no failure.
const BEFORE: &str = r#"
set -euo pipefail
curl() { command curl --fail-with-body -sS --max-time 60 "$@"; }
listen() {
  local status=0
  command curl --fail-with-body -sS --max-time 1 "$@" || status=$?
  [ $status = 28 ]
}
pail() { "$PROGRAM" --home "$PAIL_HOME" "$@"; }
"#;

/// The blocks that are marked as shell, one after another.
fn lines() -> String {
    let mut lines = String::new();
    let mut inside = false;
    for line in DOCUMENT.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => {
                // Whoever listens hears until they stop.
                let line =
                    if line.contains(" -N ") { line.replacen("curl", "listen", 1) } else { line.to_owned() };
                lines.push_str(&line);
                lines.push('\n');
            }
            _ => {}
        }
    }
    lines
}

#[test]
fn every_line_of_the_document_works_as_it_stands() {
    let home = Home::new();
    let server = Server::on(&home);
    home.source("alice.jpg", [0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0, 1]);
    home.source("draft.jpg", [0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0, 2]);
    home.source("q2.csv", "month,sum\n4,12\n5,31\n6,18\n");
    let document = lines();
    assert!(document.matches("curl").count() > 30, "the lines were found");
    let script = format!(
        "{BEFORE}{}",
        document.replace("http://127.0.0.1:7245", &format!("http://{}", server.address()))
    );
    let path = home.sources().join("lines.sh");
    fs::write(&path, script).unwrap();

    let ran = Command::new("bash")
        .args(["-x", "lines.sh"])
        .current_dir(home.sources())
        .env("PROGRAM", program())
        .env("PAIL_HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();

    let (out, told) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{told}");
    assert!(out.contains(r#""foo": "bar""#), "what one script wrote the other reads: {out}");
}
