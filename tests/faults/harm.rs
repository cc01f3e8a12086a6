//! The laboratory: a prepared home, the library that harms calls, and one run on a copy of the home.

use super::state::State;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The process is killed before it.
    Kill,
    /// It fails with an input or output error.
    Eio,
    /// It fails for want of space.
    Enospc,
    /// It writes half.
    Short,
}

pub const FAULTS: [Fault; 4] = [Fault::Kill, Fault::Eio, Fault::Enospc, Fault::Short];

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Eio => "eio",
            Self::Enospc => "enospc",
            Self::Short => "short",
        }
    }

    /// Whether this can happen to that call.
    pub fn fits(self, call: &str) -> bool {
        let writes = call.contains("write");
        match self {
            Self::Kill | Self::Eio => true,
            Self::Enospc => {
                writes
                    || call.starts_with("open")
                    || matches!(call, "mkdir" | "rename" | "fsync" | "fdatasync" | "syncfs")
            }
            Self::Short => writes,
        }
    }
}

pub struct Lab {
    program: &'static Path,
    dir: TempDir,
    library: PathBuf,
    pub template: PathBuf,
    runs: AtomicUsize,
}

impl Lab {
    /// Compiles the library and prepares a home. `None` where there is no compiler for it.
    pub fn new(program: &'static Path) -> Option<Self> {
        let memory = Path::new("/dev/shm");
        let dir = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
            .expect("a directory");
        let library = dir.path().join("faults.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/faults/faults.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&library)
            .arg(source)
            .arg("-ldl")
            .status();
        if !cfg!(target_os = "linux") || !built.is_ok_and(|status| status.success()) {
            return None;
        }
        let template = dir.path().join("template");
        let lab = Self { program, dir, library, template, runs: AtomicUsize::new(0) };
        lab.prepare();
        Some(lab)
    }

    fn source(&self) -> PathBuf {
        self.dir.path().join("source")
    }

    fn prepare(&self) {
        let source = self.source();
        fs::create_dir_all(source.join("many/deep")).expect("a directory");
        let write = |name: &str, text: String| fs::write(source.join(name), text).expect("a file");
        write("new.txt", "new content ".repeat(2000));
        write("doc.txt", "first ".repeat(100));
        write("gone.txt", "gone".into());
        write("patch.json", "{\"b\": 2}".into());
        for number in 0..12 {
            write(
                &format!("many/{}{number}.txt", if number % 2 == 0 { "deep/" } else { "" }),
                format!("one of many {number}"),
            );
        }
        let run_in = |home: &Path, args: &[&str]| {
            let output = self.command(home, args).output().expect("pail runs");
            assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        };
        let run = |args: &[&str]| run_in(&self.template, args);
        run(&["bucket", "create", "b"]);
        run(&["bucket", "create", "old"]);
        run(&["file", "put", "old", "{source}/doc.txt"]);
        run(&["bucket", "delete", "old"]);
        run(&["file", "put", "b", "{source}/gone.txt", "{source}/doc.txt"]);
        run(&["file", "delete", "b", "gone.txt"]);
        run(&["data", "merge", "b", "{source}/patch.json"]);
        write("doc.txt", "second ".repeat(100));
        run(&["file", "put", "b", "{source}/doc.txt"]);
        write("doc.txt", "third ".repeat(100));
        write("patch.json", "{\"c\": 3}".into());
        let other = self.dir.path().join("other");
        for bucket in ["kit", "more"] {
            run_in(&other, &["bucket", "create", bucket]);
            run_in(&other, &["file", "put", bucket, "{source}/many/deep", "{source}/doc.txt"]);
            run_in(&other, &["data", "merge", bucket, "{source}/patch.json"]);
        }
        run_in(&other, &["export", "{source}/kit.zip"]);
    }

    fn command(&self, home: &Path, args: &[&str]) -> Command {
        let source = self.source().to_string_lossy().into_owned();
        let mut command = Command::new(self.program);
        command.arg("--home").arg(home).args(args.iter().map(|arg| arg.replace("{source}", &source)));
        command.stdin(Stdio::null()).env("USER", "tester");
        command
    }

    fn harmed(&self, home: &Path, args: &[&str]) -> Command {
        let mut command = self.command(home, args);
        command.env("LD_PRELOAD", &self.library).env("PAIL_FAULT_ROOT", home);
        command
    }

    fn copy(&self) -> PathBuf {
        let home = self.dir.path().join(format!("run{}", self.runs.fetch_add(1, Ordering::Relaxed)));
        copy_tree(&self.template, &home);
        home
    }

    /// The state after an unharmed run, and the names of its calls.
    pub fn count(&self, args: &[&str]) -> (State, Vec<String>) {
        let (home, log) = (self.copy(), self.dir.path().join("calls"));
        let output = self.harmed(&home, args).env("PAIL_FAULT_LOG", &log).output().expect("pail runs");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        let calls = fs::read_to_string(&log).expect("the log of calls").lines().map(str::to_owned).collect();
        fs::remove_file(log).expect("the log of calls");
        let state = State::of(&home);
        fs::remove_dir_all(home).expect("the copy");
        (state, calls)
    }

    /// One harmed run. Says what promise it broke. Where a command is about `many` files, those that can come in do.
    pub fn harm(
        &self,
        args: &[&str],
        at: usize,
        fault: Fault,
        before: &State,
        after: &State,
        many: bool,
    ) -> Result<(), String> {
        let home = self.copy();
        let mut command = self.harmed(&home, args);
        command.env("PAIL_FAULT_AT", at.to_string()).env("PAIL_FAULT", fault.name());
        let output = command.output().map_err(|error| error.to_string())?;
        let judged = judge(&home, &output, before, after, many);
        fs::remove_dir_all(home).map_err(|error| error.to_string())?;
        judged
    }
}

fn judge(home: &Path, output: &Output, before: &State, after: &State, many: bool) -> Result<(), String> {
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("panicked") {
        return Err(format!("it panicked: {said}"));
    }
    let killed = output.status.signal().is_some();
    if !killed && !output.status.success() && said.trim().is_empty() {
        return Err("it failed without a word".to_owned());
    }
    let found = std::panic::catch_unwind(|| State::of(home))
        .map_err(|_| "the home does not hold together".to_owned())?;
    if output.status.success() && found != *after {
        return Err(format!("it was acknowledged and is not there: {found:?}"));
    }
    if found != *before && found != *after && !(many && !killed && found.is_between(before, after)) {
        return Err(format!("it is half done: {found:?}"));
    }
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("a directory").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
