//! Merges into a bucket's document over HTTP, each with a key and its own commit's promise, by sixteen clients at a time;
//! against raw SQLite commits that write a document of the same size.

use super::merge::{document, raw};
use crate::Result;
use crate::bench::Bench;
use crate::files::settle;
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::{command, run as run_program};
use crate::rounds::rounds;
use crate::server::Server;
use crate::wrk;
use std::fs;
use std::path::Path;

/// Against raw commits.
pub fn run(bench: &Bench) -> Result<Found> {
    let count = bench.size(1_000, 200);
    let length = bench.size("3s", "1s");
    let room = bench.room()?;
    let [raw, pail] = rounds(
        bench,
        [&mut || raw(&room.place(), count), &mut || served(bench.pail(), room.path(), &room.place(), length)],
    )?;
    let peer = ("SQLite UPDATE, committed", &raw);
    let what = "Merges over HTTP, 16 clients, durable";
    Ok(vec![Line::versus(what, Unit::PerSecond, peer, &pail, Goal::TimesAtLeast(0.5))].into())
}

/// Merges a second.
fn served(pail: &Path, room: &Path, target: &Path, length: &str) -> Result<f64> {
    let home = Home::new(target)?;
    home.set_data(&document(0))?;
    let bucket = home.bucket().to_owned();
    // Closed first, so that the server is alone with it.
    drop(home);
    let mut key = command(pail, ["--home"]);
    key.arg(target).args(["key", "create", "bench", "--privilege", "edit_buckets"]);
    let key = run_program(&mut key)?;
    let script = room.join("merge.lua");
    fs::write(&script, requests(key.trim(), &bucket))?;
    settle(target)?;
    let server = Server::pail(pail, target)?;
    let rate = wrk::rate(&server.url("/api/app/write_bucket_data/v1"), length, Some(&script))?;
    drop(server);
    Ok(rate)
}

/// What each client asks, one after the other, in wrk's words.
fn requests(key: &str, bucket: &str) -> String {
    format!(
        r#"wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-API-Key"] = "{key}"
local count = 0
function request()
  count = count + 1
  local member = string.format('"measurement_%03d": {{"value": %d}}', count % 50, 1000000000 + count)
  return wrk.format(nil, nil, nil, '{{"id": "{bucket}", "data": {{' .. member .. '}}}}')
end
"#
    )
}
