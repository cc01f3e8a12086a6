//! A small file over HTTP, again and again on sixteen connections, against nginx.

use crate::Result;
use crate::bench::Bench;
use crate::files::{SMALL, noise};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::{command, run as run_program};
use crate::rounds::rounds;
use crate::server::Server;
use std::fs;

/// Against nginx.
pub fn run(bench: &Bench) -> Result<Found> {
    let room = bench.room()?;
    let files = room.path().join("files");
    fs::create_dir(&files)?;
    let bytes = noise(1, SMALL);
    fs::write(files.join("small.bin"), &bytes)?;
    let home = Home::new(&room.path().join("home"))?;
    let path = format!("/{}", home.put("small.bin", &bytes)?.path());
    let home = home.path();
    let nginx = Server::nginx(&files, room.path())?;
    let pail = Server::pail(bench.pail(), &home)?;
    let length = bench.size("4s", "1s");
    let [nginx, pail] = rounds(
        bench,
        [&mut || rate(&nginx.url("/small.bin"), length), &mut || rate(&pail.url(&path), length)],
    )?;
    let goal = Goal::TimesAtLeast(0.4);
    Ok(vec![Line::versus("10 KB GET, 16 connections", Unit::PerSecond, ("nginx", &nginx), &pail, goal)]
        .into())
}

/// Requests a second, as wrk counts them. One that is not answered well is an error.
fn rate(url: &str, length: &str) -> Result<f64> {
    let said = run_program(&mut command("wrk", ["-t1", "-c16", "-d", length, url]))?;
    let after = |label: &str| said.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    if let Some(wrong) = after("Non-2xx or 3xx responses:").or(after("Socket errors:")) {
        return Err(format!("{url} was not always answered: {wrong}").into());
    }
    Ok(after("Requests/sec:").ok_or("wrk does not say how many requests it made.")?.parse()?)
}
