//! One large file, durable and hashed, against `cp && sync -f`.

use crate::Result;
use crate::bench::Bench;
use crate::files::{self, settle};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::shell;
use crate::rounds::{rounds, seconds};
use std::fs;

/// Against `cp`.
pub fn run(bench: &Bench) -> Result<Found> {
    let size: u64 = bench.size(1_000_000_000, 200_000_000);
    let room = bench.room()?;
    let source = files::large(room.path(), "source.bin", size)?;
    let megabytes = size as f64 / 1e6;
    let [cp, pail] = rounds(
        bench,
        [
            &mut || {
                let target = room.path().join("copy.bin");
                settle(room.path())?;
                let line = "cp \"$1\" \"$2\" && sync -f \"$2\"";
                let measured = seconds(|| shell(line, &[&source, &target]))?;
                fs::remove_file(target)?;
                Ok(megabytes / measured)
            },
            &mut || {
                let target = room.path().join("home");
                let home = Home::new(&target)?;
                settle(room.path())?;
                let measured = seconds(|| home.ingest(&source).map(drop))?;
                drop(home);
                fs::remove_dir_all(target)?;
                Ok(megabytes / measured)
            },
        ],
    )?;
    let what = format!("A file of {megabytes} MB, durable, hashed");
    let peer = ("cp && sync -f", &cp);
    Ok(vec![Line::versus(&what, Unit::MegabytesPerSecond, peer, &pail, Goal::TimesAtLeast(0.85))].into())
}
