//! A large file over HTTP, against nginx and `rclone serve http` on the same bytes.

use crate::Result;
use crate::bench::Bench;
use crate::files;
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::rounds::{rounds, seconds};
use crate::server::Server;

/// Against both; the goal is held against the better one.
pub fn run(bench: &Bench) -> Result<Found> {
    let size: u64 = bench.size(500_000_000, 100_000_000);
    let room = bench.room()?;
    let files = room.path().join("files");
    std::fs::create_dir(&files)?;
    let source = files::large(&files, "large.bin", size)?;
    let home = Home::new(&room.path().join("home"))?;
    let path = home.ingest(&source)?.first().map(|object| format!("/{}", object.path()));
    let (path, home) = (path.ok_or("The file did not come in.")?, home.path());
    let nginx = Server::nginx(&files, room.path())?;
    let rclone = Server::rclone(&files)?;
    let pail = Server::pail(bench.pail(), &home)?;
    let [nginx, rclone, pail] = rounds(
        bench,
        [&mut || speed(&nginx, "/large.bin", size), &mut || speed(&rclone, "/large.bin", size), &mut || {
            speed(&pail, &path, size)
        }],
    )?;
    let what = format!("{} MB over HTTP", size / 1_000_000);
    let line = |peer, goal| Line::versus(&what, Unit::MegabytesPerSecond, peer, &pail, goal);
    let best = |own: f64, other: f64| if own >= other { Goal::TimesAtLeast(0.9) } else { Goal::None };
    let (by_nginx, by_rclone) = (nginx.median(), rclone.median());
    Ok(vec![
        line(("nginx", &nginx), best(by_nginx, by_rclone)),
        line(("rclone serve http", &rclone), best(by_rclone, by_nginx)),
    ]
    .into())
}

fn speed(server: &Server, path: &str, size: u64) -> Result<f64> {
    let taken = seconds(|| match server.download(path)? {
        came if came == size => Ok(()),
        came => Err(format!("{came} bytes of {size} came.").into()),
    })?;
    Ok(size as f64 / 1e6 / taken)
}
