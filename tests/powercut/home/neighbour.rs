//! Another program on the same file system, which makes everything on it durable when nobody expects it.

use crate::random::Random;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Syncs now.
#[cfg(target_os = "linux")]
pub fn sync(on: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(on)?)?)
}

/// Syncs now; no other system lets tests look at its disks.
#[cfg(not(target_os = "linux"))]
pub fn sync(on: &Path) -> io::Result<()> {
    File::open(on)?.sync_all()
}

/// Syncs now and then until the work is done.
pub fn beside<T>(on: PathBuf, seed: u64, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    let mut random = Random::of(seed);
    std::thread::scope(|scope| {
        let neighbour = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(random.below(40) as u64));
                // It is a disturbance; where there is none the work goes on.
                let _ = sync(&on);
            }
        });
        let answer = work();
        done.store(true, Ordering::Relaxed);
        neighbour.join().expect("a sync does not panic");
        answer
    })
}
