//! Working on a home while its disk is recorded.

use crate::device::Devices;
use crate::history::History;
use crate::image::Image;
use crate::record::Entry;
use crate::volume::{Kind, Volume};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// The program of `home/`.
pub const HOME: &str = env!("CARGO_BIN_EXE_powercut-home");

/// Work that takes longer than so many seconds hangs.
const PATIENCE: &str = "300";

/// What is to be done on the home.
pub struct Work<'a> {
    /// As the program of `home/` calls it.
    pub name: &'static str,
    /// By which seed.
    pub seed: u64,
    /// How many acts of each thread.
    pub acts: usize,
    /// A library to load, and which kind of sync it leaves out.
    pub without: Option<(&'a Path, &'static str)>,
}

/// A disk, what it was told, and what was acknowledged meanwhile.
pub struct Recording {
    pub base: Image,
    pub entries: Vec<Entry>,
    pub history: History,
}

impl Recording {
    /// Does the work on a new file system. An error says why nothing could be mounted.
    pub fn of(devices: &Devices, kind: Kind, work: &Work<'_>) -> std::io::Result<Self> {
        let base = kind.make()?;
        let device = devices.add(base.clone(), true);
        let volume = Volume::mount(kind, &device)?;
        let mut history = History::default();
        let mut command = Command::new("timeout");
        command.args([PATIENCE, HOME, "work", work.name]).arg(volume.home());
        command.args([work.seed.to_string(), work.acts.to_string()]);
        if let Some((library, kind)) = work.without {
            command.env("LD_PRELOAD", library).env("PAIL_WITHOUT", kind);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (mut to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        for line in BufReader::new(from).lines() {
            let line = line?;
            history.note(device.position(), serde_json::from_str(&line).unwrap());
            if to.write_all(b"\n").is_err() {
                // It has ended, which is judged below.
                break;
            }
        }
        let ended = child.wait()?;
        assert!(
            ended.success(),
            "the work {} on {} with seed {} ended early",
            work.name,
            kind.name(),
            work.seed
        );
        let entries = device.told();
        volume.unmount().expect("nobody holds a file of the volume any more");
        Ok(Self { base, entries, history })
    }
}
