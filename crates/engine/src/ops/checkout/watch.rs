//! Watching working copies. The directory is watched, not the file: programs that save by renaming a new file over the
//! old one end a watch on the file itself.

use crate::{Code, Engine, Error, Result};
use notify::{RecursiveMode, Watcher as _};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A save is over when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(300);
/// A save that changed while it was read is read again so many times.
const TRIES: u32 = 20;

/// Watching, until it is dropped.
pub struct Watch {
    _watcher: notify::RecommendedWatcher,
    stop: Arc<AtomicBool>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
    }
}

impl Engine {
    /// Takes saves of working copies in as versions while the answer lives, beginning with what was saved while nobody
    /// watched. A save that is refused is told as `checkout_refused`. One process of a home should watch: the window.
    ///
    /// # Errors
    /// `io` if the system gives no watch.
    pub fn watch_checkouts(&self) -> Result<Watch> {
        let root = self.inner.home.working();
        std::fs::create_dir_all(&root)
            .map_err(|error| Error::storage(error, "make a place for working copies"))?;
        let (send, receive) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let paths = event.ok().filter(is_change).map(|event| event.paths).unwrap_or_default();
            // After the end of the watch nobody listens, and nobody has to.
            let _ = send.send(paths);
        })
        .map_err(unwatched)?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(unwatched)?;
        let stop = Arc::new(AtomicBool::new(false));
        let (engine, switch) = (self.clone(), Arc::clone(&stop));
        std::thread::Builder::new()
            .name("pail-checkouts".to_owned())
            .spawn(move || Watching::new(engine, root).run(&receive, &switch))
            .map_err(|error| Error::storage(error, "start watching working copies"))?;
        Ok(Watch { _watcher: watcher, stop })
    }
}

/// Opening and reading are told too, and our own reading must not look like a save.
fn is_change(event: &notify::Event) -> bool {
    use notify::event::{AccessKind, AccessMode, EventKind};
    !matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

fn unwatched(error: notify::Error) -> Error {
    Error::new(Code::Io, format!("The system does not let Pail watch working copies: {error}."))
        .because(error)
}

struct Watching {
    engine: Engine,
    root: PathBuf,
    /// Objects whose working copy was touched, and when last.
    touched: HashMap<String, (Instant, u32)>,
}

impl Watching {
    fn new(engine: Engine, root: PathBuf) -> Self {
        Self { engine, root, touched: HashMap::new() }
    }

    fn run(mut self, events: &Receiver<Vec<PathBuf>>, stop: &AtomicBool) {
        for checkout in self.engine.checkout_list().unwrap_or_default() {
            self.touched.insert(checkout.object, (Instant::now(), 0));
        }
        while !stop.load(Ordering::Acquire) {
            match events.recv_timeout(QUIET / 2) {
                Ok(paths) => {
                    for object in paths.iter().filter_map(|path| object_of(&self.root, path)) {
                        self.touched.insert(object, (Instant::now(), 0));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.take_in_quiet();
        }
    }

    fn take_in_quiet(&mut self) {
        let quiet: Vec<(String, u32)> = self
            .touched
            .iter()
            .filter(|(_, (at, _))| at.elapsed() >= QUIET)
            .map(|(object, (_, tries))| (object.clone(), *tries))
            .collect();
        if quiet.is_empty() {
            return;
        }
        // If the database cannot be read now, the next look tries again.
        let Ok(checkouts) = self.engine.checkout_list() else { return };
        for (object, tries) in quiet {
            self.touched.remove(&object);
            let Some(checkout) = checkouts.iter().find(|checkout| checkout.object == object) else {
                continue;
            };
            match self.engine.take_in(checkout) {
                Ok(_) => {}
                Err(error) if error.code() == Code::SourceChanged && tries < TRIES => {
                    self.touched.insert(object, (Instant::now(), tries + 1));
                }
                // The person hears of it through the event; if even that cannot be written, the copy is still there.
                Err(error) => drop(self.engine.tell_refused(checkout, &error)),
            }
        }
    }
}

/// `working/<object id>/…`
fn object_of(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    Some(below.components().next()?.as_os_str().to_string_lossy().into_owned())
}
