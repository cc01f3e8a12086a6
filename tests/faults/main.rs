//! Acknowledged means durable, and refused means nothing: every command that changes a home is run once for each of its
//! system calls that change files, with that call killed, failed (EIO, ENOSPC) or cut short. Then the home is opened
//! and looked at.
//!
//! `PAIL_FAULTS=all` runs every call of every command; without it the sweep stops at about 3,000.

mod harm;
mod state;

use acceptance::program;
use harm::{FAULTS, Fault, Lab};
use state::State;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A command to harm, with what it works on in the prepared home.
struct Case {
    name: &'static str,
    command: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case { name: "put", command: &["file", "put", "b", "{source}/new.txt"] },
    Case { name: "replace", command: &["file", "put", "b", "{source}/doc.txt"] },
    Case { name: "batch", command: &["file", "put", "b", "{source}/many"] },
    Case { name: "delete", command: &["file", "delete", "b", "doc.txt"] },
    Case { name: "rename", command: &["file", "rename", "b", "doc.txt", "other.txt"] },
    Case { name: "move", command: &["file", "move", "b", "doc.txt", "--to", "Folder"] },
    Case { name: "revert", command: &["file", "revert", "b", "doc.txt", "1"] },
    Case { name: "restore", command: &["file", "restore", "b", "gone.txt"] },
    Case { name: "merge", command: &["data", "merge", "b", "{source}/patch.json"] },
    Case { name: "set", command: &["data", "set", "b", "{source}/patch.json"] },
    Case { name: "purge", command: &["trash", "empty"] },
    Case { name: "create a bucket", command: &["bucket", "create", "Another"] },
    Case { name: "delete a bucket", command: &["bucket", "delete", "b"] },
    Case { name: "purge a bucket", command: &["bucket", "purge", "old"] },
    Case { name: "import", command: &["import", "{source}/kit.zip"] },
];

/// Without `PAIL_FAULTS=all`, about so many.
const BOUND: usize = 3000;

#[test]
fn a_harmed_call_leaves_the_state_before_or_after_and_never_an_acknowledged_loss() {
    let Some(lab) = Lab::new(program()) else {
        println!("left out: the fault sweep needs Linux and a C compiler");
        return;
    };
    let before = State::of(&lab.template);
    let mut jobs = Vec::new();
    for case in CASES {
        let (after, calls) = lab.count(case.command);
        assert_ne!(after, before, "{} changes something", case.name);
        for (at, call) in calls.iter().enumerate() {
            let fits = |fault: &&Fault| fault.fits(call);
            jobs.extend(
                FAULTS.iter().filter(fits).map(|fault| (case, at + 1, call.clone(), *fault, after.clone())),
            );
        }
        println!("{}: {} calls", case.name, calls.len());
    }
    let all = std::env::var("PAIL_FAULTS").is_ok_and(|which| which == "all");
    let step = if all { 1 } else { jobs.len().div_ceil(BOUND).max(1) };
    let jobs: Vec<_> = jobs.into_iter().step_by(step).collect();
    let next = AtomicUsize::new(0);
    let broken = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from).min(4) {
            scope.spawn(|| {
                while let Some((case, at, call, fault, after)) =
                    jobs.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    if let Err(what) =
                        lab.harm(case.command, *at, *fault, &before, after, case.name == "batch")
                    {
                        let said = format!("{}: {fault:?} at call {at} ({call}): {what}", case.name);
                        broken.lock().expect("no thread panics with the list").push(said);
                    }
                }
            });
        }
    });
    let broken = broken.into_inner().expect("no thread panics with the list");
    println!("{} faults, {} broken promises", jobs.len(), broken.len());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(
        jobs.len() >= 1500 || cfg!(not(target_os = "linux")),
        "the sweep is too small to say much: {}",
        jobs.len()
    );
}
