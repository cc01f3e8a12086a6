//! A home of a test's own, and a folder beside it with files to bring in.

use crate::{Ran, program};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A temporary home.
pub struct Home {
    path: PathBuf,
    beside: TempDir,
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

impl Home {
    /// A home that no program has opened yet.
    pub fn new() -> Self {
        let beside = tempfile::tempdir().unwrap();
        fs::create_dir(beside.path().join("src")).unwrap();
        Self { path: beside.path().join("home"), beside }
    }

    /// A home at a place of its own, such as another file system.
    pub fn at(path: PathBuf) -> Self {
        Self { path, ..Self::new() }
    }

    /// The home directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of files to bring in.
    pub fn sources(&self) -> PathBuf {
        self.beside.path().join("src")
    }

    /// Writes a file to bring in.
    pub fn source(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.sources().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// `pail` on this home, about to run.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(program());
        command.arg("--home").arg(&self.path).args(arguments);
        command.env_remove("PAIL_HOME").env("USER", "mara").env("TZ", "UTC").stdin(Stdio::null());
        command
    }

    /// Runs `pail`.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs `pail` with something on standard input.
    pub fn feed<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that is refused early reads none of it.
        let _ = stdin.write_all(input);
        drop(stdin);
        child.wait_with_output().unwrap().into()
    }

    /// The answer of a command as JSON.
    pub fn json<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Value {
        self.run(with_json(arguments)).json()
    }

    /// The error of a command that is refused, as JSON.
    pub fn error<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Value {
        self.run(with_json(arguments)).error()
    }

    /// Makes a bucket; its id.
    pub fn bucket(&self, title: &str) -> String {
        self.json(["bucket", "create", title])["id"].as_str().unwrap().to_owned()
    }

    /// Brings one file in; the object.
    pub fn put(&self, bucket: &str, name: &str, content: impl AsRef<[u8]>) -> Value {
        let path = self.source(name, content);
        let ended = self.json([OsStr::new("file"), "put".as_ref(), bucket.as_ref(), path.as_os_str()]);
        ended["objects"][0].clone()
    }

    /// The keys of a bucket's files.
    pub fn keys(&self, bucket: &str) -> Vec<String> {
        let page = self.json(["file", "list", bucket]);
        let objects = page["objects"].as_array().unwrap();
        objects.iter().map(|object| object["key"].as_str().unwrap().to_owned()).collect()
    }

    /// The contents under `files/`, staged ones included; what the program keeps for itself is left out.
    pub fn contents(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        collect(&self.path.join("files"), &mut found);
        found.retain(|path| {
            !matches!(
                path.file_name().and_then(OsStr::to_str),
                Some(".alive" | ".starting" | ".removals" | ".sweep")
            )
        });
        found.sort();
        found
    }
}

fn collect(directory: &Path, found: &mut Vec<PathBuf>) {
    // What a running program takes away meanwhile is not there.
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, found) } else { found.push(path) }
    }
}

fn with_json<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Vec<std::ffi::OsString> {
    let arguments = arguments.into_iter().map(|argument| argument.as_ref().to_owned());
    std::iter::once("--json".into()).chain(arguments).collect()
}
