//! Bringing a drop in: copied by a few threads, made durable and committed in batches. Each file is answered for.

use super::plan::{Decision, Planned, Source, plan};
use super::progress::{Snapshot, State, Transfer};
use crate::blob::Durability;
use crate::model::{Bucket, Object, id};
use crate::ops::object::{Arrival, Checks, Copied, Facts, OnMeeting, unreadable};
use crate::{Caller, Code, Engine, Error, Result, rules};
use parking_lot::Mutex;
use std::collections::HashSet;
use std::fs::File;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// One commit takes at most so many files …
const BATCH_FILES: usize = 10_000;
/// … and so many bytes, so that a crash or a cancel in a long transfer loses little.
const BATCH_BYTES: u64 = 4 << 30;
/// Up to so many files are made durable one by one while the next are copied.
const ALONE_UP_TO: usize = 8;
/// Progress is told so often.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// Objects listed in the answer.
const LISTED: usize = 1000;

/// What to bring in.
#[derive(Debug, Clone)]
pub struct Ingest {
    /// Bucket id or slug.
    pub bucket: String,
    /// Folder in the bucket; empty for the top.
    pub folder: String,
    /// Files and folders.
    pub sources: Vec<Source>,
    /// Paths to leave for later.
    pub except: HashSet<PathBuf>,
    /// The transfer's id, to cancel it by; made up if it is not given.
    pub transfer: Option<String>,
}

/// A file that did not come in.
#[derive(Debug)]
pub struct Failure {
    /// Where it lies.
    pub path: PathBuf,
    /// Below the drop's folder, as the person's folders are called.
    pub into: String,
    /// What it is called.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Why.
    pub error: Error,
}

/// How a transfer ended. Every file of it is added, replaced, skipped by decision, or among the failures.
#[derive(Debug)]
pub struct Ingested {
    /// The transfer at its end.
    pub transfer: Snapshot,
    /// Objects that came in or got new content; at most 1,000 are listed.
    pub objects: Vec<Object>,
    /// New objects.
    pub added: u64,
    /// New versions.
    pub replaced: u64,
    /// Left out by decision.
    pub skipped: u64,
    /// What did not come in, and why.
    pub failures: Vec<Failure>,
}

impl Engine {
    /// Brings files and folders in. `progress` is called about ten times a second, and once at the end.
    ///
    /// # Errors
    /// Only if nothing could start: `bucket_not_found`, `in_trash`, `bucket_disabled`, `invalid_name` for the folder.
    /// What concerns one file is among the failures.
    pub fn ingest(
        &self,
        caller: &Caller,
        ingest: &Ingest,
        progress: &(dyn Fn(&Snapshot) + Sync),
    ) -> Result<Ingested> {
        caller.need_person()?;
        rules::name::folder(&ingest.folder)?;
        let (bucket, checks) = self.checks(caller, &ingest.bucket)?;
        let own = id::new('t', self.now());
        let id = ingest.transfer.as_deref().unwrap_or(&own);
        let transfer = self.inner.transfers.begin(id, &bucket.id)?;
        let run =
            Run { engine: self, caller, bucket: &bucket, checks: &checks, transfer: &transfer, progress };
        let ended = run.run(ingest);
        self.inner.transfers.end(id);
        progress(&ended.transfer);
        Ok(ended)
    }
}

struct Run<'a> {
    engine: &'a Engine,
    caller: &'a Caller,
    bucket: &'a Bucket,
    checks: &'a Checks,
    transfer: &'a Transfer,
    progress: &'a (dyn Fn(&Snapshot) + Sync),
}

impl Run<'_> {
    fn run(&self, ingest: &Ingest) -> Ingested {
        (self.progress)(&self.transfer.snapshot());
        let planned = plan(&ingest.folder, &ingest.sources, &ingest.except).files;
        let mut ended = Ingested {
            transfer: self.transfer.snapshot(),
            objects: Vec::new(),
            added: 0,
            replaced: 0,
            skipped: 0,
            failures: Vec::new(),
        };
        let coming = self.sort_out(planned, &mut ended);
        let bytes = coming.iter().map(|planned| planned.size).sum();
        let name = coming.first().map_or("", |planned| planned.original_name.as_str());
        self.transfer.set_totals(name, coming.len() as u64, bytes);
        let mut rest = coming;
        while !rest.is_empty() {
            let later = rest.split_off(batch_length(&rest));
            self.batch(std::mem::replace(&mut rest, later), &mut ended);
        }
        self.transfer.set_state(if self.transfer.is_cancelled() {
            State::Cancelled
        } else if ended.failures.is_empty() || ended.added + ended.replaced > 0 {
            State::Done
        } else {
            State::Failed
        });
        self.transfer.failed.store(ended.failures.len() as u64, Ordering::Relaxed);
        ended.transfer = self.transfer.snapshot();
        ended
    }

    /// Answers for what need not be copied; the rest is to come.
    fn sort_out(&self, planned: Vec<Planned>, ended: &mut Ingested) -> Vec<Planned> {
        let mut coming = Vec::with_capacity(planned.len());
        for mut planned in planned {
            if let Some(error) = planned.refused.take() {
                self.fail(planned, error, ended);
            } else if planned.decision == Some(Decision::Skip) {
                ended.skipped += 1;
            } else if let (Some(other), None) = (&planned.meets, planned.decision) {
                let error = Error::refusal(
                    Code::NameConflict,
                    format!("It meets “{other}”: both would be {}", planned.name),
                    "Choose whether it replaces the other, is kept beside it, or stays out.",
                );
                self.fail(planned, error, ended);
            } else {
                coming.push(planned);
            }
        }
        coming
    }

    fn fail(&self, planned: Planned, error: Error, ended: &mut Ingested) {
        self.transfer.failed.fetch_add(1, Ordering::Relaxed);
        ended.failures.push(Failure {
            path: planned.path,
            into: planned.into,
            name: planned.original_name,
            size: planned.size,
            error,
        });
    }

    fn batch(&self, batch: Vec<Planned>, ended: &mut Ingested) {
        self.transfer.set_state(State::Copying);
        let copied = self.copy_all(&batch);
        let mut arrivals = Vec::with_capacity(batch.len());
        let mut arriving = Vec::with_capacity(batch.len());
        for (planned, copied) in batch.into_iter().zip(copied) {
            match copied.and_then(|copied| self.transfer.check(&planned.path).map(|()| copied)) {
                Ok(copied) => {
                    arrivals.push(arrival(&planned, copied));
                    arriving.push(planned);
                }
                Err(error) => self.fail(planned, error, ended),
            }
        }
        if arrivals.is_empty() {
            return;
        }
        self.transfer.set_state(State::Finishing);
        (self.progress)(&self.transfer.snapshot());
        match self.engine.commit(self.caller, self.bucket, arrivals) {
            Ok(answers) => {
                for (planned, answer) in arriving.into_iter().zip(answers) {
                    match answer {
                        Ok(put) => {
                            if put.replaced {
                                ended.replaced += 1
                            } else {
                                ended.added += 1
                            }
                            if ended.objects.len() < LISTED {
                                ended.objects.push(put.object);
                            }
                        }
                        Err(error) => self.fail(planned, error, ended),
                    }
                }
            }
            Err(error) => {
                for planned in arriving {
                    let same = Error::new(error.code(), error.message().to_owned());
                    self.fail(planned, same, ended);
                }
            }
        }
    }

    /// Copies with a few threads; this one tells how far they are.
    fn copy_all(&self, batch: &[Planned]) -> Vec<Result<Copied>> {
        let durability = if batch.len() <= ALONE_UP_TO { Durability::Alone } else { Durability::Together };
        let results: Vec<Mutex<Option<Result<Copied>>>> = batch.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        let threads =
            std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 4).min(batch.len());
        std::thread::scope(|scope| {
            let (ended, all_ended) = mpsc::channel::<()>();
            for _ in 0..threads {
                let ended = ended.clone();
                let (next, results) = (&next, &results);
                scope.spawn(move || {
                    // Dropped when the thread is through, in whatever way.
                    let _ended = ended;
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(planned) = batch.get(at) else { return };
                        *results[at].lock() = Some(self.copy_one(planned, durability));
                    }
                });
            }
            drop(ended);
            while let Err(mpsc::RecvTimeoutError::Timeout) = all_ended.recv_timeout(TELL_EVERY) {
                (self.progress)(&self.transfer.snapshot());
            }
        });
        let unanswered =
            || Err(Error::new(Code::Internal, "A copy ended without an answer. Add the file again."));
        results.into_iter().map(|result| result.into_inner().unwrap_or_else(unanswered)).collect()
    }

    fn copy_one(&self, planned: &Planned, durability: Durability) -> Result<Copied> {
        self.transfer.begin(&planned.path, &planned.original_name, planned.size);
        let copied = self.transfer.check(&planned.path).and_then(|()| self.copy_file(planned, durability));
        self.transfer.end(&planned.path, copied.is_ok());
        copied
    }

    fn copy_file(&self, planned: &Planned, durability: Durability) -> Result<Copied> {
        let mut file = File::open(&planned.path).map_err(unreadable)?;
        let before = file.metadata().map_err(unreadable)?;
        if !before.is_file() {
            return Err(Error::refusal(
                Code::SourceNotAFile,
                "It is no longer a file",
                "Look what became of it.",
            ));
        }
        let source = crate::ops::object::Source {
            reader: &mut file,
            name: &planned.original_name,
            size: Some(before.len()),
            progress: &mut |bytes| {
                self.transfer.advance(&planned.path, bytes);
                self.transfer.check(&planned.path)
            },
        };
        let copied = self.engine.copy_in(source, self.checks, durability)?;
        let after = file.metadata().map_err(unreadable)?;
        let moved_on = before.modified().ok() != after.modified().ok();
        if moved_on || after.len() != before.len() || copied.size != before.len() {
            return Err(Error::refusal(
                Code::SourceChanged,
                "It changed while it was read",
                "Wait until the other program is done with it and add it again.",
            ));
        }
        Ok(copied)
    }
}

fn arrival(planned: &Planned, copied: Copied) -> Arrival {
    Arrival {
        facts: Facts::default(),
        copied,
        folder: planned.folder.clone(),
        original_folder: planned.original_folder.clone(),
        name: planned.name.clone(),
        original_name: planned.original_name.clone(),
        on_meeting: match planned.decision {
            Some(Decision::KeepBoth) => OnMeeting::KeepBoth,
            _ => OnMeeting::Replace,
        },
        object: None,
    }
}

/// How many of the next files go into one commit.
fn batch_length(rest: &[Planned]) -> usize {
    let mut bytes = 0_u64;
    let fitting = rest.iter().take(BATCH_FILES).take_while(|planned| {
        let fits = bytes == 0 || bytes.saturating_add(planned.size) <= BATCH_BYTES;
        bytes = bytes.saturating_add(planned.size);
        fits
    });
    fitting.count().max(1)
}
