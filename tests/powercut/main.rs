//! Acknowledged means durable, whenever the power goes: a home lies on a disk that is recorded, its program works on
//! it, and then the states that a power cut could have left are mounted, opened and compared with what was
//! acknowledged. See DURABILITY.md.
//!
//! `PAIL_POWERCUT_STATES` says how many states of each file system, `PAIL_POWERCUT_SEED` which ones.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

mod apart;
mod controls;
mod device;
mod history;
mod image;
mod judge;
mod random;
mod record;
mod recording;
mod volume;

use apart::{apart, leave_out};
use device::Devices;
use judge::{Violation, judge};
use random::Random;
use recording::{Recording, Work};
use std::time::{Instant, SystemTime};
use volume::Kind;

/// States of each file system, unless more are wished.
const STATES: usize = 50;

/// Acts of each of two threads in one recording.
const ACTS: usize = 80;

/// After so many violations there is enough to look at.
const ENOUGH: usize = 8;

#[test]
fn what_was_acknowledged_outlives_a_power_cut_on_ext4() {
    apart("what_was_acknowledged_outlives_a_power_cut_on_ext4", || cut_the_power(Kind::Ext4));
}

#[test]
fn what_was_acknowledged_outlives_a_power_cut_on_xfs() {
    apart("what_was_acknowledged_outlives_a_power_cut_on_xfs", || cut_the_power(Kind::Xfs));
}

#[test]
fn what_was_acknowledged_outlives_a_power_cut_on_btrfs() {
    apart("what_was_acknowledged_outlives_a_power_cut_on_btrfs", || cut_the_power(Kind::Btrfs));
}

fn cut_the_power(kind: Kind) {
    let name = kind.name();
    if !kind.can_be_made() {
        return leave_out(name, "there is no program that makes one");
    }
    let (begun, seed, states) = (Instant::now(), seed(), wished("PAIL_POWERCUT_STATES").unwrap_or(STATES));
    let devices = Devices::new().unwrap();
    let (mut seen, mut acts, mut violations) = (0, 0, Vec::new());
    let mut rounds = Random::of(seed);
    // Every other home is not alone on its disk.
    for how in ["mixed", "disturbed"].into_iter().cycle() {
        if seen >= states || violations.len() >= ENOUGH {
            break;
        }
        let round = rounds.next();
        let work = Work { name: how, seed: round, acts: ACTS, without: None };
        let recording = match Recording::of(&devices, kind, &work) {
            Ok(recording) => recording,
            Err(reason) => return leave_out(name, &reason.to_string()),
        };
        acts += recording.history.len();
        let part = states.div_ceil(2).clamp(1, 250).min(states - seen);
        let enough = |violations: &[Violation]| violations.len() >= ENOUGH;
        let (found, looked) = judge(&devices, kind, &recording, part, &mut Random::of(round), enough);
        seen += looked;
        violations.extend(found);
    }
    eprintln!(
        "{name}: {seen} states after power cuts in {acts} acts, {} violations, {:.1} s (PAIL_POWERCUT_SEED={seed})",
        violations.len(),
        begun.elapsed().as_secs_f64()
    );
    assert!(violations.is_empty(), "{name}, seed {seed}:\n{}", said(&violations));
}

fn said(violations: &[Violation]) -> String {
    let lines =
        violations.iter().map(|violation| format!("{}:\n  {}", violation.state, violation.what.join("\n  ")));
    lines.collect::<Vec<_>>().join("\n")
}

/// The seed wished, or a new one at each run.
fn seed() -> u64 {
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    wished("PAIL_POWERCUT_SEED").unwrap_or_else(|| now().subsec_nanos() as usize) as u64
}

fn wished(variable: &str) -> Option<usize> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}
