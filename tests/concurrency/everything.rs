//! Everything at once: two processes that do all that people do, readers by link and by HTTP, sweeps, checkpoints; and
//! backups meanwhile, each of which must come back as the home was at one moment.

use crate::acts::{Act, Acts, Facts, Moment};
use crate::{marked, seconds};
use acceptance::{Home, Server, exchange, wait_until};
use engine::model::BucketOrder;
use engine::{Caller, Code, Engine, ListRequest};
use rusqlite::Connection;
use serde::Deserialize;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// Does what people do, and tells what is so since each act; looks at a home, and says what is there and what is wrong.
const PEOPLE: &str = env!("CARGO_BIN_EXE_powercut-home");
const PROCESSES: usize = 2;

/// What a look at a home says.
#[derive(Deserialize)]
struct Found {
    facts: Facts,
    broken: Vec<String>,
}

/// A backup that came back: what was acknowledged when it began and ended, and what it holds.
type Backup = (Moment, Moment, Facts);

#[test]
fn two_processes_with_everything_beside_them_end_as_acknowledged_and_so_does_each_backup() {
    let seed = SystemTime::UNIX_EPOCH.elapsed().unwrap_or(Duration::ZERO).as_secs();
    let count = usize::try_from(seconds()).unwrap() * 40;
    let home = Home::new();
    let engine = Engine::open(home.path()).unwrap();
    let server = Server::on(&home);
    let (acts, ended) = (Mutex::<Acts>::default(), AtomicBool::new(false));
    let (read, checkpoints) = (AtomicU64::new(0), AtomicU64::new(0));
    let backups = std::thread::scope(|scope| {
        let people: Vec<_> = (0..PROCESSES)
            .map(|process| {
                let (home, acts) = (home.path(), &acts);
                scope.spawn(move || follow(home, process, seed + process as u64, count, acts))
            })
            .collect();
        scope.spawn(|| checkpoint(home.path(), &ended, &checkpoints));
        scope.spawn(|| {
            while !ended.load(Ordering::Acquire) {
                engine.sweep().unwrap();
            }
        });
        scope.spawn(|| {
            while !ended.load(Ordering::Acquire) {
                read.fetch_add(follow_links(&engine, &server), Ordering::Relaxed);
            }
        });
        // Whatever fails below ends the others as well, or the scope would wait for them for ever.
        let _end = Ending(&ended);
        let mut backups = Vec::new();
        while people.iter().any(|process| !process.is_finished()) {
            backups.extend(back_up(&engine, &home, &acts));
        }
        backups
    });
    let acts = acts.into_inner().unwrap();
    let (read, checkpoints) = (read.into_inner(), checkpoints.into_inner());
    println!(
        "seed {seed}: {} acts, {read} contents read, {checkpoints} checkpoints, {} backups",
        acts.len(),
        backups.len()
    );
    assert!(!backups.is_empty() && read > 0 && checkpoints > 0);
    for (before, after, facts) in &backups {
        let wrong = acts.differences(before, after, facts);
        assert!(wrong.is_empty(), "a backup is at no moment (seed {seed}):\n{}", wrong.join("\n"));
    }
    drop((engine, server));
    let (end, found) = (acts.moment(), look(home.path()));
    let wrong = acts.differences(&end, &end, &found);
    assert!(wrong.is_empty(), "something was lost (seed {seed}):\n{}", wrong.join("\n"));
}

/// Says, when it is dropped, that all has ended.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Runs a process and takes note of what it acknowledges.
fn follow(home: &Path, process: usize, seed: u64, count: usize, acts: &Mutex<Acts>) {
    let mut command = Command::new(PEOPLE);
    command.args(["work", "mixed"]).arg(home).args([seed.to_string(), count.to_string()]);
    let mut child: Child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    for line in BufReader::new(from).lines() {
        let act: Act = serde_json::from_str(&line.unwrap()).unwrap();
        acts.lock().unwrap().note(process, act);
        to.write_all(b"\n").unwrap();
    }
    assert!(child.wait().unwrap().success(), "process {process} with seed {seed} ended early");
}

/// Checkpoints the log of a home in every way, as soon as there is something in it, until all has ended.
pub fn checkpoint(home: &Path, ended: &AtomicBool, count: &AtomicU64) {
    let database = Connection::open(home.join("pail.db")).unwrap();
    database.busy_timeout(Duration::from_secs(1)).unwrap();
    let log = home.join("pail.db-wal");
    for way in ["PASSIVE", "FULL", "RESTART", "TRUNCATE"].into_iter().cycle() {
        if ended.load(Ordering::Acquire) {
            break;
        }
        wait_until("something is in the log", || {
            ended.load(Ordering::Acquire) || log.metadata().is_ok_and(|log| log.len() > 0)
        });
        let busy: i64 =
            database.query_row(&format!("PRAGMA wal_checkpoint({way})"), [], |row| row.get(0)).unwrap();
        count.fetch_add(u64::from(busy == 0), Ordering::Relaxed);
    }
}

/// Follows the link of every file, in the engine and over HTTP; how many contents that gave.
fn follow_links(engine: &Engine, server: &Server) -> u64 {
    let mut read = 0;
    let me = Caller::window();
    for bucket in engine.bucket_list(&me, "", BucketOrder::Created, false).unwrap() {
        let request = ListRequest { limit: 1000, ..ListRequest::default() };
        let Ok(page) = engine.object_list(&me, &bucket.id, &request) else { continue };
        for listed in page.objects {
            match engine.link_open(&bucket.id, &listed.token) {
                Ok((object, content)) => {
                    let bytes = marked::whole(content.as_ref());
                    assert_eq!(object.id, listed.id, "a link shows another object");
                    assert_eq!(engine::blob::hash(&bytes), object.hash, "other bytes than its row says");
                    read += 1;
                }
                Err(error) => assert_eq!(error.code(), Code::ObjectNotFound, "{error}"),
            }
            let path = format!("/files/bucket/{}/{}/{}", bucket.id, listed.token, listed.name);
            let host = format!("Host: {}", server.address());
            let answer = exchange(server.address(), "GET", &path, &[&host]);
            match answer.status {
                200 => {
                    let tag = answer.header("etag").to_owned();
                    let hash = engine::blob::hash(&answer.body);
                    assert!(tag.contains(&hash), "{tag} is not of the bytes that came: {hash}");
                    read += 1;
                }
                // It was renamed since the list.
                302 => assert!(answer.header("location").contains(&listed.token)),
                status => assert_eq!(status, 404, "{}", answer.text()),
            }
        }
    }
    read
}

/// Makes a backup and looks at what comes back of it; nothing if other removals did not let it in.
fn back_up(engine: &Engine, home: &Home, acts: &Mutex<Acts>) -> Option<Backup> {
    let (to, back) = (home.sources().join("backup"), home.sources().join("back"));
    let before = acts.lock().unwrap().moment();
    match engine.backup(&to, &mut |_, _| ()) {
        Ok(copied) => assert!(copied.damaged.is_empty(), "a backup that is not whole: {:?}", copied.damaged),
        Err(error) => {
            assert!(error.message().starts_with("Another backup"), "{error}");
            return None;
        }
    }
    let after = acts.lock().unwrap().moment();
    engine::restore(&to, &back, &mut |_, _| ()).unwrap();
    let facts = look(&back);
    std::fs::remove_dir_all(&back).unwrap();
    Some((before, after, facts))
}

/// What a home says of itself. Anything that is wrong with it fails the test.
fn look(home: &Path) -> Facts {
    let output = Command::new(PEOPLE).arg("look").arg(home).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Found = serde_json::from_slice(&output.stdout).unwrap();
    assert!(found.broken.is_empty(), "{}", found.broken.join("\n"));
    found.facts
}
