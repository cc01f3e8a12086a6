//! Those who make a file system durable together: whoever is told so has its bytes on the disk, also where writes fail and
//! the system tells of each failure only once.

use crate::explore::{at_random, caught, exhaustively, interleavings};
use crate::shared::{Since, Together};
use shuttle::rand::{Rng, thread_rng};
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The system's number for a write that failed.
const EIO: i32 = 5;

/// What became of somebody's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bytes {
    Waiting,
    Durable,
    Lost,
}

/// A disk behind a cache. Its locks are none that a scheduler decides on, and are never held over a turn.
#[derive(Default)]
struct Disk {
    bytes: Mutex<BTreeMap<usize, Bytes>>,
    /// A write failed, and nobody was told yet.
    untold: Mutex<bool>,
    syncs: AtomicUsize,
    failing: bool,
}

impl Disk {
    fn write(&self, who: usize) {
        self.bytes.lock().unwrap().insert(who, Bytes::Waiting);
    }

    fn of(&self, who: usize) -> Bytes {
        self.bytes.lock().unwrap()[&who]
    }

    /// Writes what waits now, piece by piece; tells of failures since it did so last.
    fn sync(&self) -> io::Result<()> {
        self.syncs.fetch_add(1, Ordering::Relaxed);
        let waiting: Vec<usize> = {
            let bytes = self.bytes.lock().unwrap();
            bytes.iter().filter(|(_, bytes)| **bytes == Bytes::Waiting).map(|(who, _)| *who).collect()
        };
        for who in waiting {
            let fails = self.failing && thread_rng().gen_range(0..4) == 0;
            let became = if fails { Bytes::Lost } else { Bytes::Durable };
            self.bytes.lock().unwrap().insert(who, became);
            *self.untold.lock().unwrap() |= fails;
            step();
        }
        match std::mem::take(&mut *self.untold.lock().unwrap()) {
            true => Err(io::Error::from_raw_os_error(EIO)),
            false => Ok(()),
        }
    }
}

/// Another thread may have its turn here.
fn step() {
    shuttle::sync::atomic::AtomicUsize::new(0).load(Ordering::SeqCst);
}

/// Writers who each write so often and have it made durable; how often that was done for all of them.
fn write_together(
    writers: usize,
    times: usize,
    failing: bool,
    since: fn(&Together, &mut dyn FnMut()) -> Since,
) -> usize {
    let disk = Arc::new(Disk { failing, ..Disk::default() });
    let on = Arc::clone(&disk);
    let together = Arc::new(Together::new(move || on.sync()));
    let threads: Vec<_> = (0..writers)
        .map(|writer| {
            let (disk, together) = (Arc::clone(&disk), Arc::clone(&together));
            shuttle::thread::spawn(move || {
                for time in 0..times {
                    let who = writer * times + time;
                    let since = since(&together, &mut || disk.write(who));
                    match together.sync(since) {
                        Ok(()) => assert_eq!(disk.of(who), Bytes::Durable, "told that it is durable"),
                        Err(error) => assert!(failing, "told of a failure that was none: {error}"),
                    }
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    disk.syncs.load(Ordering::Relaxed)
}

fn before_writing(together: &Together, write: &mut dyn FnMut()) -> Since {
    let since = together.now();
    write();
    since
}

#[test]
fn whoever_is_told_so_has_its_bytes_on_the_disk() {
    let shared = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&shared);
    at_random("syncs together", interleavings(), move || {
        let syncs = write_together(4, 2, false, before_writing);
        assert!(syncs <= 8);
        counted.fetch_add(usize::from(syncs < 8), Ordering::Relaxed);
    });
    assert!(shared.load(Ordering::Relaxed) > 0, "no sync was ever shared");
}

#[test]
fn two_who_sync_together_are_told_right_in_every_order_of_turns() {
    let all = exhaustively("two syncs together", 200_000, || {
        write_together(2, 1, false, before_writing);
    });
    assert!(all, "there are more");
}

#[test]
fn nobody_is_told_so_whose_bytes_failed_whoever_was_told_of_the_failure() {
    at_random("syncs together that fail", interleavings(), || {
        write_together(3, 2, true, before_writing);
    });
}

/// A negative control: who begins to look for failures only after it has written does not hear of those between.
#[test]
fn a_failure_that_only_another_is_told_of_is_caught() {
    let found = caught(5_000, || {
        write_together(3, 2, true, |together, write| {
            write();
            together.now()
        });
    });
    let found = found.expect("it is caught");
    assert!(found.contains("told that it is durable"), "{found}");
}
