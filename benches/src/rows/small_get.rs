//! A small file over HTTP, again and again on sixteen connections, against nginx.

use crate::Result;
use crate::bench::Bench;
use crate::files::{SMALL, noise};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::rounds::rounds;
use crate::server::Server;
use crate::wrk;
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
        [&mut || wrk::rate(&nginx.url("/small.bin"), length, None), &mut || {
            wrk::rate(&pail.url(&path), length, None)
        }],
    )?;
    let goal = Goal::TimesAtLeast(0.4);
    Ok(vec![Line::versus("10 KB GET, 16 connections", Unit::PerSecond, ("nginx", &nginx), &pail, goal)]
        .into())
}
