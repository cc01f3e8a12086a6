//! Every input that was kept, and many that are made of them, at each run of the tests.
//!
//! `PAIL_FUZZ_SEED` chooses another beginning, `PAIL_FUZZ_TIMES` makes the search so many times as long.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

use fuzzing::{Mutator, TARGETS, Target};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz");

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().expect("a whole number"))
}

/// What is kept for a target: found by searching, and inputs that once broke it.
fn kept(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folders = ["corpus", "found"].map(|kind| Path::new(ROOT).join(kind).join(target.name));
    let entries = folders.iter().filter_map(|folder| folder.read_dir().ok()).flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

fn hold(target: &Target, input: &[u8], from: &str) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (target.holds)(input))) {
        eprintln!("{} does not hold for {from}:\n  b\"{}\"", target.name, input.escape_ascii());
        resume_unwind(panic);
    }
}

#[test]
fn every_input_that_was_kept_still_holds() {
    for target in TARGETS {
        let kept = kept(target);
        assert!(kept.len() >= 5, "{} has no corpus", target.name);
        for (path, input) in kept {
            hold(target, &input, &path.display().to_string());
        }
    }
}

#[test]
fn inputs_made_of_those_that_were_kept_hold() {
    let (seed, times) = (setting("PAIL_FUZZ_SEED", 20_251_121), setting("PAIL_FUZZ_TIMES", 1));
    println!("PAIL_FUZZ_SEED={seed}");
    std::thread::scope(|scope| {
        for target in TARGETS {
            scope.spawn(move || {
                let corpus: Vec<Vec<u8>> = kept(target).into_iter().map(|(_, input)| input).collect();
                let mut mutator = Mutator::new(seed);
                for number in 0..u64::from(target.tries) * times {
                    let input = mutator.input(target, &corpus);
                    hold(target, &input, &format!("input {number} of seed {seed}"));
                }
            });
        }
    });
}

#[test]
fn every_target_has_its_program_and_every_program_its_target() {
    let manifest = std::fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let programs: BTreeSet<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("path = \"targets/")?.strip_suffix(".rs\""))
        .collect();
    let targets: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(programs, targets);
    for name in targets {
        let program = std::fs::read_to_string(Path::new(ROOT).join(format!("targets/{name}.rs"))).unwrap();
        assert!(program.contains(&format!("holds(\"{name}\")")), "{name} searches for another");
    }
}
