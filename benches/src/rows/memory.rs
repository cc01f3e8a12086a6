//! The most memory that `pail file put` takes for a large file, beyond what it takes for a small one. Nothing, if the
//! small one happens to take more.

use crate::Result;
use crate::bench::Bench;
use crate::files::{self, SMALL, noise};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::command;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// How often the system is asked.
const EVERY: Duration = Duration::from_millis(1);

/// Large less small.
pub fn run(bench: &Bench) -> Result<Found> {
    let size: u64 = bench.size(1_000_000_000, 200_000_000);
    let room = bench.room()?;
    let large = files::large(room.path(), "large.bin", size)?;
    let small = room.path().join("small.bin");
    fs::write(&small, noise(1, SMALL))?;
    let home = Home::new(&room.path().join("home"))?;
    let put = |file: &Path| peak(bench.pail(), &home.path(), home.bucket(), file);
    let (before, after) = (put(&small)?, put(&large)?);
    let what = format!("Memory that a put of {} MB adds", size / 1_000_000);
    Ok(vec![Line::alone(&what, Unit::Mebibytes, (after - before).max(0.0), Goal::AtMost(32.0))].into())
}

/// The most memory of one put, in MiB. The system keeps the peak as long as the program runs.
fn peak(pail: &Path, home: &Path, bucket: &str, file: &Path) -> Result<f64> {
    let mut put = command(pail, ["--home"]);
    put.arg(home).args(["file", "put", bucket]).arg(file).stdout(Stdio::null());
    let mut child = put.spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak: f64 = 0.0;
    loop {
        peak = peak.max(high_water(&fs::read_to_string(&status).unwrap_or_default()));
        if let Some(ended) = child.try_wait()? {
            return if ended.success() { Ok(peak) } else { Err("The put was refused.".into()) };
        }
        std::thread::sleep(EVERY);
    }
}

fn high_water(status: &str) -> f64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kibibytes.unwrap_or(0.0) / 1024.0
}
