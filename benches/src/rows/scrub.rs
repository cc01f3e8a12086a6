//! Comparing all content with its hashes, from a warm cache, against `b3sum` on one thread over the same files.

use crate::Result;
use crate::bench::Bench;
use crate::files::{self, SMALL};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::{command, run as run_program};
use crate::rounds::{rounds, seconds};
use std::fs;
use std::path::{Path, PathBuf};

/// Large files and small ones.
pub fn run(bench: &Bench) -> Result<Found> {
    let (large, small) = (bench.size(50, 10), bench.size(10_000, 1_000));
    Ok(vec![against(bench, large, 10_000_000)?, against(bench, small, SMALL)?].into())
}

fn against(bench: &Bench, count: u64, size: usize) -> Result<Line> {
    let room = bench.room()?;
    let source = files::tree(room.path(), count, size)?;
    let home = Home::new(&room.path().join("home"))?;
    home.ingest(&source)?;
    let contents = contents(&home.path().join("files").join(home.bucket()))?;
    let bytes = count * size as u64;
    let megabytes = bytes as f64 / 1e6;
    let [b3sum, pail] = rounds(
        bench,
        [
            &mut || {
                let mut b3sum = command("b3sum", ["--num-threads", "1"]);
                b3sum.args(&contents);
                Ok(megabytes / seconds(|| run_program(&mut b3sum).map(drop))?)
            },
            &mut || {
                let mut read = 0;
                let taken = seconds(|| home.verify().map(|bytes| read = bytes))?;
                if read == bytes { Ok(megabytes / taken) } else { Err("Not all was read.".into()) }
            },
        ],
    )?;
    let what = format!("Scrub of {count} files, {megabytes:.0} MB");
    let goal = Goal::TimesAtLeast(0.8);
    Ok(Line::versus(&what, Unit::MegabytesPerSecond, ("b3sum, one thread", &b3sum), &pail, goal))
}

/// The content files of a bucket: `<content id>/<name>`.
fn contents(bucket: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for directory in fs::read_dir(bucket)? {
        for file in fs::read_dir(directory?.path())? {
            found.push(file?.path());
        }
    }
    Ok(found)
}
