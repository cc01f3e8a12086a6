//! What many small files cost the processor where no disk is waited for: in memory, against `cp -r` and `rclone copy`.

use crate::Result;
use crate::bench::Bench;
use crate::cpu::used;
use crate::files::{self, SMALL};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::{command, run as run_program};
use crate::rounds::rounds;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A file system in memory that every Linux has.
const MEMORY: &str = "/dev/shm";

/// Against both.
pub fn run(bench: &Bench) -> Result<Found> {
    let count = bench.size(10_000, 2_000);
    let room = tempfile::tempdir_in(MEMORY)?;
    let source = files::tree(room.path(), count, SMALL)?;
    let target = room.path().join("target");
    let [cp, rclone, pail] = rounds(
        bench,
        [
            &mut || program(command("cp", ["-r"]).arg(&source).arg(&target), &target),
            &mut || program(command("rclone", ["copy", "--config", ""]).arg(&source).arg(&target), &target),
            &mut || ingest(&source, &target),
        ],
    )?;
    let what = format!("{count} files of 10 KB in memory");
    let line = |peer, goal| Line::versus(&what, Unit::CpuSeconds, peer, &pail, goal);
    Ok(vec![
        line(("cp -r", &cp), Goal::TimesAtMost(2.0)),
        line(("rclone copy", &rclone), Goal::TimesAtMost(0.4)),
    ]
    .into())
}

fn program(command: &mut Command, target: &Path) -> Result<f64> {
    let before = used()?.children;
    run_program(command)?;
    let measured = used()?.children - before;
    fs::remove_dir_all(target)?;
    Ok(measured)
}

fn ingest(source: &Path, target: &Path) -> Result<f64> {
    let home = Home::new(target)?;
    let before = used()?.own;
    home.ingest(source)?;
    let measured = used()?.own - before;
    drop(home);
    fs::remove_dir_all(target)?;
    Ok(measured)
}
