//! What is being measured on: figures mean nothing without it.

use crate::Result;
use std::fs;
use std::path::Path;

/// The load of the last one, five and fifteen minutes.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// Processor, kernel and file system in one line.
pub fn describe(disk: &Path) -> Result<String> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    Ok(format!("{} × {cores}, Linux {}, {}.", processor(), kernel.trim(), file_system(disk)?))
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned())
}

/// The kind of the file system that a directory lies on: the mount that leads deepest to it.
fn file_system(disk: &Path) -> Result<String> {
    let disk = disk.canonicalize()?;
    let mounts = fs::read_to_string("/proc/mounts")?;
    let kinds = mounts.lines().filter_map(|line| {
        let mut parts = line.split(' ').skip(1);
        Some((parts.next()?, parts.next()?))
    });
    let deepest = kinds.filter(|(at, _)| disk.starts_with(at)).max_by_key(|(at, _)| at.len());
    Ok(deepest.map_or("unknown", |(_, kind)| kind).to_owned())
}
