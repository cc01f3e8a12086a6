//! Merges of several processes into one bucket's data, and puts into the same bucket, while the log is checkpointed all
//! the time.

use crate::seconds;
use acceptance::{Home, Server};
use engine::Engine;
use serde_json::Value;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const PROCESSES: usize = 2;
const THREADS: usize = 8;

#[test]
fn two_processes_and_the_command_line_lose_no_merge_and_count_every_file() {
    // As many as take about so long, and 200 of each thread at least.
    let merges = 200_usize.max(usize::try_from(seconds()).unwrap() * 50);
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let _server = Server::on(&home);
    let (ended, checkpoints) = (AtomicBool::new(false), AtomicU64::new(0));
    let typed = std::thread::scope(|scope| {
        scope.spawn(|| crate::everything::checkpoint(home.path(), &ended, &checkpoints));
        let mut writers: Vec<Child> =
            (0..PROCESSES).map(|process| start(&home, &bucket, &format!("p{process}"), merges)).collect();
        let mut typed = 0;
        while writers.iter_mut().any(|writer| writer.try_wait().unwrap().is_none()) {
            home.feed(["data", "merge", "kit", "-"], format!("{{\"typed-{typed}\": {typed}}}").as_bytes())
                .done();
            typed += 1;
        }
        ended.store(true, Ordering::Release);
        for mut writer in writers {
            assert!(writer.wait().unwrap().success(), "a process could not write");
        }
        typed
    });
    let shown = home.json(["data", "show", "kit"]);
    let data: Value = serde_json::from_str(shown["text"].as_str().unwrap()).unwrap();
    let names = (0..PROCESSES).flat_map(|p| (0..THREADS).map(move |t| format!("p{p}-{t}")));
    for name in names.clone() {
        for n in 0..merges {
            assert_eq!(data[format!("{name}-{n}")], n, "a merge was lost");
        }
    }
    assert!((0..typed).all(|n| data[format!("typed-{n}")] == n), "a merge of the command line was lost");
    let all = PROCESSES * THREADS * merges + typed;
    assert_eq!((data.as_object().unwrap().len(), shown["revision"].as_u64()), (all, Some(all as u64)));
    let files = PROCESSES * THREADS * merges.div_ceil(10);
    assert_eq!(home.json(["bucket", "show", "kit"])["fileCount"], files);
    let found = Engine::open(home.path()).unwrap().examine_home().unwrap();
    assert!(found.is_well(), "{found:?}");
    let checkpoints = checkpoints.into_inner();
    println!("{all} merges, {typed} of them typed, and {files} files beside {checkpoints} checkpoints");
    assert!(checkpoints > 0);
}

fn start(home: &Home, bucket: &str, name: &str, merges: usize) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concurrency-home"));
    command.arg(home.path()).args([bucket, name, &THREADS.to_string(), &merges.to_string()]);
    command.spawn().unwrap()
}
