//! Cutting the power at points of a recording and looking at what is left.

use crate::device::Devices;
use crate::history::Facts;
use crate::image::Image;
use crate::random::Random;
use crate::record::{Fate, Replay};
use crate::recording::{HOME, Recording};
use crate::volume::{Kind, Volume};
use serde::Deserialize;
use std::process::Command;

/// A home opens within so many milliseconds.
const SOON: u64 = 2_000;

/// On a busy machine a slow opening says nothing; the same state is opened so often, and the quickest counts.
const ATTEMPTS: usize = 3;

/// A look that takes longer than so many seconds hangs.
const PATIENCE: &str = "120";

/// What the program of `home/` says of a home.
#[derive(Deserialize)]
struct Found {
    /// Milliseconds until it was open.
    opened: u64,
    facts: Facts,
    broken: Vec<String>,
}

/// A broken promise.
pub struct Violation {
    /// When the power was cut, and what became of the last writes.
    pub state: String,
    /// What is wrong.
    pub what: Vec<String>,
}

impl Violation {
    /// Whether a row has lost its content, which is what a broken write path comes to.
    pub fn of_content(&self) -> bool {
        self.what
            .iter()
            .any(|what| what.contains("has a row and no file") || what.contains("has other bytes"))
    }
}

/// Looks at so many states of a recording, until `enough` says stop; the violations, and how many states were seen.
pub fn judge(
    devices: &Devices,
    kind: Kind,
    recording: &Recording,
    states: usize,
    random: &mut Random,
    enough: impl Fn(&[Violation]) -> bool,
) -> (Vec<Violation>, usize) {
    let mut violations = Vec::new();
    let mut replay = Replay::new(recording.base.clone(), &recording.entries, kind.sector());
    let points = points(recording, states, random);
    for (seen, point) in points.into_iter().enumerate() {
        if enough(&violations) {
            return (violations, seen);
        }
        let fate = Fate::any(random);
        let what = wrong(devices, kind, recording, point, &replay.cut(point, fate, random));
        if !what.is_empty() {
            let state = format!("{point} of {}, {fate}", recording.entries.len());
            violations.push(Violation { state, what });
        }
    }
    (violations, states)
}

/// Where the power is cut: anywhere, and as often right after something was acknowledged.
fn points(recording: &Recording, states: usize, random: &mut Random) -> Vec<usize> {
    let moments = recording.history.moments();
    let mut points: Vec<usize> = (0..states)
        .map(|_| match random.once_in(2) {
            true => moments[random.below(moments.len())],
            false => random.below(recording.entries.len() + 1),
        })
        .collect();
    points.sort_unstable();
    points
}

fn wrong(devices: &Devices, kind: Kind, recording: &Recording, point: usize, image: &Image) -> Vec<String> {
    let mut quickest = u64::MAX;
    for _ in 0..ATTEMPTS {
        let found = match look(devices, kind, image.clone()) {
            Ok(found) => found,
            Err(what) => return vec![what],
        };
        let mut wrong = found.broken;
        wrong.extend(recording.history.differences(point, &found.facts));
        if !wrong.is_empty() {
            return wrong;
        }
        quickest = quickest.min(found.opened);
        if quickest <= SOON {
            return Vec::new();
        }
    }
    vec![format!("the home took {quickest} ms to open")]
}

fn look(devices: &Devices, kind: Kind, image: Image) -> Result<Found, String> {
    let device = devices.add(image, false);
    let said = |error: std::io::Error| error.to_string();
    let volume = Volume::mount(kind, &device).map_err(|error| format!("nothing can be mounted: {error}"))?;
    let output =
        Command::new("timeout").args([PATIENCE, HOME, "look"]).arg(volume.home()).output().map_err(said)?;
    volume.unmount().map_err(said)?;
    if !output.status.success() {
        return Err(format!("it cannot be looked at: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}
