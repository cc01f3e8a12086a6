//! Starting again after a kill: a server and a large put are killed in mid-work, and the next server must answer soon.

use crate::Result;
use crate::bench::Bench;
use crate::files::{self, noise};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::program::command;
use crate::rounds::rounds;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Objects of one ingest.
const AT_ONCE: u64 = 10_000;
/// How long the put goes on before it is killed.
const IN_THE_MIDST: Duration = Duration::from_millis(400);

/// From the start of the program to its first answer.
pub fn run(bench: &Bench) -> Result<Found> {
    let count = bench.size(100_000, 5_000);
    let room = bench.room()?;
    let path = room.path().join("home");
    let home = Home::new(&path)?;
    let bucket = home.bucket().to_owned();
    bring_in(&home, room.path(), count)?;
    drop(home);
    let source = files::tree(room.path(), bench.size(5_000, 1_000), files::SMALL)?;
    let [pail] = rounds(
        bench,
        [&mut || {
            let (mut server, _) = serve(bench.pail(), &path)?;
            let mut put = command(bench.pail(), ["--home"]);
            put.arg(&path).args(["file", "put", &bucket]).arg(&source);
            let mut put = put.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
            std::thread::sleep(IN_THE_MIDST);
            kill(&mut put)?;
            kill(&mut server)?;
            let (mut server, taken) = serve(bench.pail(), &path)?;
            kill(&mut server)?;
            Ok(taken)
        }],
    )?;
    let what = format!("Start after a kill, {count} objects");
    Ok(vec![Line::alone(&what, Unit::Seconds, pail.median(), Goal::AtMost(2.0))].into())
}

/// Real objects with real, tiny contents.
fn bring_in(home: &Home, room: &Path, count: u64) -> Result<()> {
    for begin in (0..count).step_by(usize::try_from(AT_ONCE)?) {
        let folder = room.join(format!("batch-{begin:07}"));
        fs::create_dir(&folder)?;
        for number in begin..count.min(begin + AT_ONCE) {
            fs::write(folder.join(format!("{number:07}.bin")), noise(number, 100))?;
        }
        home.ingest(&folder)?;
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Starts a server; how long until it says that it listens.
fn serve(pail: &Path, home: &Path) -> Result<(Child, f64)> {
    let begun = Instant::now();
    let mut serve = command(pail, ["--home"]);
    serve.arg(home).args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
    let mut child = serve.spawn()?;
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        BufReader::new(out).read_line(&mut line)?;
    }
    let taken = begun.elapsed().as_secs_f64();
    if line.starts_with("listening on ") {
        return Ok((child, taken));
    }
    kill(&mut child)?;
    Err("The server did not start.".into())
}

/// Ends it at once, as a crash would.
fn kill(child: &mut Child) -> Result<()> {
    child.kill()?;
    child.wait()?;
    Ok(())
}
