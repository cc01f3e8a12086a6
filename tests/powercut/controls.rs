//! Negative controls: a home that breaks one rule of the write path must be caught, or the proof proves nothing.

use crate::apart::{apart, leave_out};
use crate::device::Devices;
use crate::judge::{Violation, judge};
use crate::random::Random;
use crate::recording::{Recording, Work};
use crate::volume::Kind;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// States of each file system in which a fault has to show on one of them.
const STATES: usize = 60;

#[test]
fn a_put_without_the_fsync_of_its_file_is_caught() {
    apart("controls::a_put_without_the_fsync_of_its_file_is_caught", || without_sync("puts", "files"));
}

#[test]
fn a_put_without_the_fsync_of_its_directories_is_caught() {
    apart("controls::a_put_without_the_fsync_of_its_directories_is_caught", || {
        without_sync("disturbed puts", "directories");
    });
}

#[test]
fn a_batch_without_its_syncfs_is_caught() {
    apart("controls::a_batch_without_its_syncfs_is_caught", || without_sync("batches", "batches"));
}

#[test]
fn a_commit_before_the_rename_is_caught() {
    apart("controls::a_commit_before_the_rename_is_caught", || caught("late", 40, None));
}

#[test]
fn an_unlink_before_the_commit_is_caught() {
    apart("controls::an_unlink_before_the_commit_is_caught", || caught("early", 20, None));
}

#[test]
fn the_same_puts_with_every_sync_are_kept() {
    apart("controls::the_same_puts_with_every_sync_are_kept", || {
        let work = Work { name: "disturbed puts", seed: crate::seed(), acts: 40, without: None };
        if let Some(found) = first(&work, |_| true).found {
            panic!("{found}");
        }
    });
}

fn without_sync(work: &'static str, kind: &'static str) {
    let directory = tempfile::tempdir().unwrap();
    let Some(library) = library(&directory) else {
        return leave_out(&format!("without the sync of {kind}"), "there is no C compiler");
    };
    let acts = if work == "batches" { 6 } else { 40 };
    caught(work, acts, Some((&library, kind)));
}

fn library(directory: &TempDir) -> Option<PathBuf> {
    let library = directory.path().join("without_sync.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/powercut/without_sync.c");
    let compiled =
        Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).status();
    compiled.ok().map(|status| {
        assert!(status.success(), "the library is compiled");
        library
    })
}

/// Runs the work and insists that a fault shows.
fn caught(name: &'static str, acts: usize, without: Option<(&Path, &'static str)>) {
    let what =
        without.map_or_else(|| format!("{name} work"), |(_, kind)| format!("without the sync of {kind}"));
    let work = Work { name, seed: crate::seed(), acts, without };
    let seen = first(&work, Violation::of_content);
    match seen.found {
        Some(found) => eprintln!("control, {what}: caught on {found}"),
        None if seen.kinds.contains(&SHOWS_ALL) => {
            panic!("{what}: not caught (PAIL_POWERCUT_SEED={})", work.seed)
        }
        None => leave_out(&what, "a file system that would show it is missing"),
    }
}

/// The one that makes no more durable than it was asked to. The others write their journal as a whole, and so may hide a
/// sync that is missing.
const SHOWS_ALL: Kind = Kind::Btrfs;

/// The file systems that were gone through until one showed such a fault: which one, and what.
struct Seen {
    kinds: Vec<Kind>,
    found: Option<String>,
}

fn first(work: &Work<'_>, such: impl Fn(&Violation) -> bool) -> Seen {
    let devices = Devices::new().unwrap();
    let mut kinds = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| kind.can_be_made()) {
        let recording = match Recording::of(&devices, kind, work) {
            Ok(recording) => recording,
            Err(reason) => {
                leave_out(kind.name(), &reason.to_string());
                continue;
            }
        };
        let one = |violations: &[Violation]| violations.iter().any(&such);
        let mut random = Random::of(work.seed);
        let (violations, seen) = judge(&devices, kind, &recording, STATES, &mut random, one);
        if let Some(violation) = violations.iter().find(|violation| such(violation)) {
            let (kind, what) = (kind.name(), violation.what.last().map_or("", String::as_str));
            let found = format!("{kind} in state {seen} ({}, seed {}): {what}", violation.state, work.seed);
            return Seen { kinds, found: Some(found) };
        }
        kinds.push(kind);
    }
    Seen { kinds, found: None }
}
