//! Facts that were read a moment ago, good for as long as nobody commits, in this process or another.
//!
//! A connection of its own watches: SQLite changes what `PRAGMA data_version` says there with each commit of any other
//! connection to the file. What is kept are facts, never decisions: whoever takes them out decides anew.

use super::open;
use crate::Result;
use parking_lot::Mutex;
use rusqlite::Connection;
use std::collections::HashMap;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What was not asked for while this many others were is forgotten; twice as many are kept at most.
const GENERATION: usize = 1024;

/// Facts of one kind, by name.
pub struct Recent<V> {
    path: PathBuf,
    kept: Mutex<Kept<V>>,
}

struct Kept<V> {
    watch: Option<Connection>,
    /// What the watching connection said when the facts were read.
    version: i64,
    young: HashMap<String, Arc<V>>,
    old: HashMap<String, Arc<V>>,
}

impl<V> Recent<V> {
    /// Nothing yet, of the database at `path`.
    pub fn of(path: &Path) -> Self {
        let kept = Kept { watch: None, version: 0, young: HashMap::new(), old: HashMap::new() };
        Self { path: path.to_owned(), kept: Mutex::new(kept) }
    }

    /// What is kept under a name and still holds. It waits neither for a disk nor for a writer.
    pub fn at_hand(&self, name: &str) -> Option<Arc<V>> {
        let mut kept = self.kept.lock();
        kept.look()?;
        kept.take(name)
    }

    /// The same; what is not kept is read, and kept if nobody committed meanwhile.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn get(&self, name: &str, read: impl FnOnce() -> Result<V>) -> Result<Arc<V>> {
        let before = {
            let mut kept = self.kept.lock();
            kept.begin(&self.path);
            let version = kept.look();
            if let Some(found) = version.and_then(|_| kept.take(name)) {
                return Ok(found);
            }
            version
        };
        let value = Arc::new(read()?);
        let mut kept = self.kept.lock();
        // The same version before and after: what was read in between is of that version.
        if before.is_some() && kept.look() == before {
            kept.keep(name, &value);
        }
        Ok(value)
    }
}

impl<V> Kept<V> {
    /// Begins to watch. Where that fails nothing is kept, which is slower and as right.
    fn begin(&mut self, path: &Path) {
        if self.watch.is_none() {
            self.watch = open::reader(path).ok().filter(|watch| watch.busy_timeout(Duration::ZERO).is_ok());
        }
    }

    /// The version now, if it can be told. Facts of another one are forgotten.
    fn look(&mut self) -> Option<i64> {
        let mut statement = self.watch.as_ref()?.prepare_cached("PRAGMA data_version").ok()?;
        let version = statement.query_row([], |row| row.get(0)).ok()?;
        if version != self.version {
            self.version = version;
            self.young.clear();
            self.old.clear();
        }
        Some(version)
    }

    fn take(&mut self, name: &str) -> Option<Arc<V>> {
        if let Some(found) = self.young.get(name) {
            return Some(Arc::clone(found));
        }
        let found = self.old.remove(name)?;
        self.keep(name, &found);
        Some(found)
    }

    fn keep(&mut self, name: &str, value: &Arc<V>) {
        if self.young.len() >= GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(name.to_owned(), Arc::clone(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Error};

    /// A database with one number in it, and what was read of it.
    struct Numbers {
        _dir: tempfile::TempDir,
        path: PathBuf,
        recent: Recent<i64>,
    }

    impl Numbers {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("numbers.db");
            let made = open::writer(&path).unwrap();
            made.execute_batch("CREATE TABLE number (x INTEGER); INSERT INTO number VALUES (1)").unwrap();
            Self { recent: Recent::of(&path), path, _dir: dir }
        }

        /// Commits as another process would.
        fn commit(&self, x: i64) {
            let other = Connection::open(&self.path).unwrap();
            other.execute("UPDATE number SET x = ?1", [x]).unwrap();
        }

        fn read(&self) -> Result<i64> {
            let reader = open::reader(&self.path)?;
            Ok(reader.query_row("SELECT x FROM number", [], |row| row.get(0))?)
        }

        fn get(&self) -> i64 {
            *self.recent.get("x", || self.read()).unwrap()
        }
    }

    fn not_again<V>() -> Result<V> {
        panic!("it is kept")
    }

    #[test]
    fn what_was_read_is_at_hand_until_somebody_commits() {
        let numbers = Numbers::new();
        assert_eq!(numbers.recent.at_hand("x"), None);
        assert_eq!(numbers.get(), 1);
        assert_eq!(numbers.recent.at_hand("x").as_deref(), Some(&1));
        assert_eq!(*numbers.recent.get("x", not_again).unwrap(), 1);
        numbers.commit(2);
        assert_eq!(numbers.recent.at_hand("x"), None);
        assert_eq!(numbers.get(), 2);
        assert_eq!(numbers.recent.at_hand("x").as_deref(), Some(&2));
    }

    #[test]
    fn what_was_read_while_somebody_committed_is_not_kept() {
        let numbers = Numbers::new();
        let read = numbers.recent.get("x", || {
            let before = numbers.read();
            numbers.commit(2);
            before
        });
        assert_eq!(*read.unwrap(), 1);
        assert_eq!(numbers.recent.at_hand("x"), None);
        assert_eq!(numbers.get(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_an_error_each_time_and_is_not_kept() {
        let numbers = Numbers::new();
        for _ in 0..2 {
            let refused = numbers.recent.get("x", || Err(Error::new(Code::ObjectNotFound, "no")));
            assert_eq!(refused.unwrap_err().code(), Code::ObjectNotFound);
        }
        assert_eq!(numbers.get(), 1);
    }

    #[test]
    fn the_least_asked_for_is_forgotten_and_the_most_asked_for_stays() {
        let numbers = Numbers::new();
        for n in 0..10 * GENERATION {
            numbers.recent.get(&n.to_string(), || Ok(1)).unwrap();
            numbers.get();
        }
        let kept = numbers.recent.kept.lock();
        assert!(kept.young.len() + kept.old.len() <= 2 * GENERATION);
        drop(kept);
        assert_eq!(numbers.recent.at_hand("0"), None);
        assert_eq!(*numbers.recent.get("x", not_again).unwrap(), 1);
    }
}
