//! Durable puts of 10 KB, one after the other, against the least that any program has to do for that: create, write,
//! fsync, rename, fsync of the directory. And eight clients against one.

use crate::Result;
use crate::bench::Bench;
use crate::files::{SMALL, noise, settle};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::rounds::{rounds, seconds};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// At a time.
const CLIENTS: usize = 8;

/// Against the floor, and against itself.
pub fn run(bench: &Bench) -> Result<Found> {
    let count = bench.size(400, 80);
    let room = bench.room()?;
    let [floor, one, eight] = rounds(
        bench,
        [
            &mut || {
                let target = room.place();
                fs::create_dir(&target)?;
                settle(&target)?;
                let taken = seconds(|| (0..count).try_for_each(|number| floor(&target, number)))?;
                Ok(count as f64 / taken)
            },
            &mut || puts(&room.place(), 1, count),
            &mut || puts(&room.place(), CLIENTS, count / 2),
        ],
    )?;
    let at_least = Goal::TimesAtLeast;
    let peer = ("create, fsync, rename, dirsync", &floor);
    Ok(vec![
        Line::versus("One durable put of 10 KB", Unit::PerSecond, peer, &one, at_least(0.7)),
        Line::versus(
            "… by 8 clients at a time",
            Unit::PerSecond,
            ("Pail, one client", &one),
            &eight,
            at_least(2.0),
        ),
    ]
    .into())
}

fn floor(dir: &Path, number: usize) -> Result<()> {
    let (staged, placed) = (dir.join("staged"), dir.join(format!("file-{number}.bin")));
    let mut file = File::create_new(&staged)?;
    file.write_all(&noise(number as u64, SMALL))?;
    file.sync_all()?;
    fs::rename(staged, placed)?;
    Ok(File::open(dir)?.sync_all()?)
}

/// Puts a second, of clients with `each` puts.
fn puts(target: &Path, clients: usize, each: usize) -> Result<f64> {
    let home = Home::new(target)?;
    home.put("first.bin", b"the bucket's directory is there")?;
    settle(target)?;
    let taken = seconds(|| at_a_time(clients, |client| client_puts(&home, client, each)))?;
    Ok((clients * each) as f64 / taken)
}

fn client_puts(home: &Home, client: usize, each: usize) -> Result<()> {
    (0..each).try_for_each(|number| {
        let bytes = noise((client * each + number) as u64, SMALL);
        home.put(&format!("client-{client}-file-{number}.bin"), &bytes).map(drop)
    })
}

/// Lets clients work at the same time, and waits for all.
pub fn at_a_time(clients: usize, work: impl Fn(usize) -> Result<()> + Sync) -> Result<()> {
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..clients).map(|client| scope.spawn(move || work(client))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "A client ended badly.")?)
    })
}
