//! Many small files, durable: one ingest against `cp -r && sync -f`, and against `git add` with its batched sync.

use crate::Result;
use crate::bench::{Bench, Room};
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
    let [cp, git, pail] = rounds(
        bench,
        [
            &mut || afresh(&room, |target| cp(&source, target)),
            &mut || afresh(&room, |target| git_add(&source, target)),
            &mut || afresh(&room, |target| ingest(&source, target)),
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

/// Measures in an empty directory, on a disk that has nothing left to write.
fn afresh(room: &Room, measure: impl FnOnce(&Path) -> Result<f64>) -> Result<f64> {
    let target = room.place();
    fs::create_dir(&target)?;
    settle(&target)?;
    measure(&target)
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
