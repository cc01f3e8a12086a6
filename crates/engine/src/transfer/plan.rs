//! What a drop comes to: every file in it with its place in the bucket, or why it cannot come.

use crate::ops::object::unreadable;
use crate::{Code, Error, Result, rules};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// What the person decided for a file whose name meets another's in the same drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It becomes a new version of the other.
    Replace,
    /// It takes the next free `name-2.ext`.
    KeepBoth,
    /// It stays where it is.
    Skip,
}

/// One path of a drop: a file, or a folder with everything in it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// Below the drop's folder, as the person's folders are called.
    pub into: String,
    /// For a name that meets another's.
    pub decision: Option<Decision>,
}

/// One file of a drop.
#[derive(Debug)]
pub(crate) struct Planned {
    pub path: PathBuf,
    /// Which of the sources it came with.
    pub source: usize,
    /// Below the drop's folder, as the person's folders are called.
    pub into: String,
    pub original_name: String,
    /// Normalised folder within the bucket, and the same as the person's folders are called.
    pub folder: String,
    pub original_folder: String,
    /// Normalised name; empty if there is none.
    pub name: String,
    pub size: u64,
    pub decision: Option<Decision>,
    /// The original name of the earlier file of this drop that it meets.
    pub meets: Option<String>,
    /// Why it cannot come.
    pub refused: Option<Error>,
}

impl Planned {
    pub fn key(&self) -> String {
        if self.name.is_empty() { String::new() } else { crate::model::join(&self.folder, &self.name) }
    }
}

/// The drop as a list, with the number of folders under each source.
pub(crate) struct Plan {
    pub files: Vec<Planned>,
    pub folders: Vec<u64>,
}

/// Looks at every path and into every folder. Links are followed; a folder that leads into itself is refused once.
pub(crate) fn plan(folder: &str, sources: &[Source], except: &HashSet<PathBuf>) -> Plan {
    let mut plan = Plan { files: Vec::new(), folders: vec![0; sources.len()] };
    for (index, source) in sources.iter().enumerate() {
        let mut walk = Walk { base: folder, index, source, except, plan: &mut plan };
        walk.begin();
    }
    mark_meetings(&mut plan.files);
    plan
}

struct Walk<'a> {
    base: &'a str,
    index: usize,
    source: &'a Source,
    except: &'a HashSet<PathBuf>,
    plan: &'a mut Plan,
}

impl Walk<'_> {
    fn begin(&mut self) {
        let path = &self.source.path;
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(meta) => self.file(path, self.source.into.clone(), &meta),
            Err(error) => {
                let refused = missing_or_loop(path, error);
                self.refuse(path, self.source.into.clone(), refused);
            }
        }
    }

    fn folder(&mut self, root: &Path) {
        let top = join(&self.source.into, &shown(root));
        for entry in walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => self.plan.folders[self.index] += 1,
                Ok(entry) => {
                    let into = join(&top, &relative(root, entry.path()));
                    match entry.metadata() {
                        Ok(meta) => self.file(entry.path(), into, &meta),
                        Err(error) => self.refuse(entry.path(), into, walk_error(error)),
                    }
                }
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let into = join(&top, &relative(root, &path));
                    self.refuse(&path, into, walk_error(error));
                }
            }
        }
    }

    fn file(&mut self, path: &Path, into: String, meta: &Metadata) {
        if self.except.contains(path) {
            return;
        }
        let mut planned = self.planned(path, into);
        planned.size = meta.len();
        if !meta.is_file() {
            planned.size = 0;
            planned.refused = Some(Error::refusal(
                Code::SourceNotAFile,
                "It is a socket, a pipe or a device, not a file",
                "Add files and folders.",
            ));
        } else if let Err(refused) = place(&mut planned, self.base) {
            planned.refused = Some(refused);
        }
        self.plan.files.push(planned);
    }

    fn refuse(&mut self, path: &Path, into: String, refused: Error) {
        if self.except.contains(path) {
            return;
        }
        let mut planned = self.planned(path, into);
        planned.refused = Some(refused);
        self.plan.files.push(planned);
    }

    fn planned(&self, path: &Path, into: String) -> Planned {
        Planned {
            path: path.to_owned(),
            source: self.index,
            into,
            original_name: rules::name::original(&shown(path)),
            folder: String::new(),
            original_folder: String::new(),
            name: String::new(),
            size: 0,
            decision: self.source.decision,
            meets: None,
            refused: None,
        }
    }
}

/// Normalises where the file goes.
fn place(planned: &mut Planned, base: &str) -> Result<()> {
    planned.original_folder = join(base, &planned.into);
    planned.folder = rules::name::folder(&planned.original_folder)?;
    (planned.name, planned.original_name) = rules::name::both(&shown(&planned.path))?;
    Ok(())
}

/// Two files of one drop that would get one key: the later ones are the person's to decide about.
fn mark_meetings(files: &mut [Planned]) {
    let mut first: HashMap<String, String> = HashMap::new();
    for planned in files.iter_mut().filter(|planned| planned.refused.is_none()) {
        match first.entry(planned.key()) {
            Entry::Occupied(earlier) => planned.meets = Some(earlier.get().clone()),
            Entry::Vacant(place) => drop(place.insert(planned.original_name.clone())),
        }
    }
}

fn walk_error(error: walkdir::Error) -> Error {
    if let Some(ancestor) = error.loop_ancestor() {
        return looped(&ancestor.display().to_string());
    }
    let path = error.path().map(Path::to_owned).unwrap_or_default();
    missing_or_loop(
        &path,
        error.into_io_error().unwrap_or_else(|| std::io::Error::other("it cannot be listed")),
    )
}

fn missing_or_loop(path: &Path, error: std::io::Error) -> Error {
    if is_link_loop(&error) {
        return looped(&path.display().to_string());
    }
    unreadable(error)
}

/// `ELOOP`, which the standard library does not name on stable yet.
#[cfg(unix)]
fn is_link_loop(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_link_loop(_: &std::io::Error) -> bool {
    false
}

fn looped(into: &str) -> Error {
    Error::refusal(
        Code::DirectoryLoop,
        format!("It leads back into {into}"),
        "Remove the link that makes the loop.",
    )
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The folders between the root and the file, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let between = path.strip_prefix(root).ok().and_then(Path::parent);
    let parts = between.into_iter().flat_map(Path::components);
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

fn join(one: &str, other: &str) -> String {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other.to_owned(),
        (_, true) => one.to_owned(),
        _ => format!("{one}/{other}"),
    }
}
