//! Many small files, durable: one ingest against `cp -r && sync -f`, and against `git add` with its batched sync.

use crate::Result;
use crate::bench::Bench;
use crate::files::{self, SMALL, settle};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::{command, run as run_program, shell};
use crate::rounds::{rounds, seconds};
use std::fs;
use std::path::Path;

/// Against both.
pub fn run(bench: &Bench) -> Result<Found> {
    let count = bench.size(10_000, 1_000);
    let room = bench.room()?;
    let source = files::tree(room.path(), count, SMALL)?;
    let target = room.path().join("target");
    let [cp, git, pail] = rounds(
        bench,
        [
            &mut || afresh(&target, || cp(&source, &target)),
            &mut || afresh(&target, || git_add(&source, &target)),
            &mut || afresh(&target, || ingest(&source, &target)),
        ],
    )?;
    let what = format!("{count} files of 10 KB, durable");
    let line = |peer, goal| Line::versus(&what, Unit::Seconds, peer, &pail, goal);
    Ok(vec![
        line(("cp -r && sync -f", &cp), Goal::TimesAtMost(1.25)),
        line(("git add, batched fsync", &git), Goal::TimesAtMost(0.75)),
    ]
    .into())
}

/// Measures on a disk that has nothing left to write, and clears the target afterwards.
fn afresh(target: &Path, measure: impl FnOnce() -> Result<f64>) -> Result<f64> {
    fs::create_dir(target)?;
    settle(target)?;
    let measured = measure()?;
    fs::remove_dir_all(target)?;
    Ok(measured)
}

fn cp(source: &Path, target: &Path) -> Result<f64> {
    seconds(|| shell("cp -r \"$1\" \"$2\" && sync -f \"$2\"", &[source, target]))
}

fn ingest(source: &Path, target: &Path) -> Result<f64> {
    let home = Home::new(&target.join("home"))?;
    settle(target)?;
    seconds(|| home.ingest(source).map(drop))
}

/// Loose objects and the index are durable when it ends; the settings of whoever runs this do not count.
fn git_add(source: &Path, target: &Path) -> Result<f64> {
    let git = |arguments: &[&str]| {
        let mut git = command("git", ["-c", "core.fsync=all", "-c", "core.fsyncMethod=batch"]);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        git.env("GIT_DIR", target.join("git")).env("GIT_WORK_TREE", source).current_dir(source);
        run_program(git.args(arguments)).map(drop)
    };
    git(&["init", "--quiet"])?;
    settle(target)?;
    seconds(|| git(&["add", "."]))
}
