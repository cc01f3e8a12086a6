//! Group commit: the queue, who leads, and the answers. What a commit is, the store says.
//!
//! Whoever wants to write puts its work into the queue. Who finds nobody leading leads: it takes the whole queue, has the
//! store commit all of it at once, and hands every waiter its answer. Who comes meanwhile waits, and the first of them is
//! woken to lead the next batch while the answers to this one are handed out. Each waiter waits for itself alone, so that
//! nobody is woken for nothing. One writer alone pays one commit and no change of threads; many share the fsync.

use crate::sync::{Mutex, SyncSender, sync_channel};
use crate::{Code, Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

/// What a group writes to.
pub trait Store {
    /// What each piece of work gets to write through.
    type View;

    /// Runs the whole batch and commits at once what succeeded of it. Work that fails is undone alone.
    ///
    /// # Errors
    /// Nothing of the batch is to be taken for written.
    fn commit(&mut self, batch: &mut [Box<dyn Work<Self::View>>]) -> Result<()>;
}

/// Work that waits for the store.
pub trait Work<V>: Send {
    /// Runs it; whether its changes stay.
    fn run(&mut self, view: &V) -> bool;
    /// Tells the waiter, now that the commit is known.
    fn answer(self: Box<Self>, commit: std::result::Result<(), &Error>);
    /// Tells the waiter that it is its turn to lead.
    fn lead(&self);
}

/// A store and those who wait for it.
pub struct Group<S: Store> {
    line: Mutex<Line<S>>,
}

struct Line<S: Store> {
    waiting: Vec<Box<dyn Work<S::View>>>,
    /// Away while a batch is committed.
    store: Option<S>,
    /// Whether somebody leads, or was told to.
    led: bool,
}

impl<S: Store> Group<S> {
    pub fn new(store: S) -> Self {
        Self { line: Mutex::new(Line { waiting: Vec::new(), store: Some(store), led: false }) }
    }

    /// Runs `work` and answers when it is committed. Who waits at the same time shares the commit, in the order of
    /// coming; an error of one undoes only its own changes, and a panic goes on in the thread whose work it was.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&S::View) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (tell, told) = sync_channel(1);
        let leads = {
            let mut line = self.line.lock();
            line.waiting.push(Box::new(Job { work: Some(work), outcome: None, tell }));
            !std::mem::replace(&mut line.led, true)
        };
        if leads {
            self.lead();
        }
        loop {
            match told.recv() {
                Ok(Word::Lead) => self.lead(),
                Ok(Word::Answer(outcome)) => return outcome.unwrap_or_else(|panic| resume_unwind(panic)),
                Err(_) => {
                    return Err(Error::new(Code::Internal, "A write ended without an answer. Try again."));
                }
            }
        }
    }

    /// Commits all who wait, among them whoever leads, and lets the next one lead.
    fn lead(&self) {
        let (store, mut batch) = {
            let mut line = self.line.lock();
            (line.store.take(), std::mem::take(&mut line.waiting))
        };
        let mut turn = Turn { group: self, store };
        let store = turn.store.as_mut().expect("only who leads takes it, and brings it back");
        let committed = store.commit(&mut batch);
        drop(turn);
        for work in batch {
            work.answer(committed.as_ref().copied());
        }
    }
}

/// The turn to lead. It is handed on in whatever way it ends.
struct Turn<'a, S: Store> {
    group: &'a Group<S>,
    store: Option<S>,
}

impl<S: Store> Drop for Turn<'_, S> {
    fn drop(&mut self) {
        let mut line = self.group.line.lock();
        line.store = self.store.take();
        match line.waiting.first() {
            Some(next) => next.lead(),
            None => line.led = false,
        }
    }
}

/// What became of work: its result, or its panic.
type Outcome<T> = thread::Result<Result<T>>;

/// What a waiter is told.
enum Word<T> {
    /// That it is its turn to lead. Its answer is among those that it will hand out.
    Lead,
    Answer(Outcome<T>),
}

struct Job<T, F> {
    work: Option<F>,
    outcome: Option<Outcome<T>>,
    tell: SyncSender<Word<T>>,
}

impl<V, T: Send, F: FnOnce(&V) -> Result<T> + Send> Work<V> for Job<T, F> {
    fn run(&mut self, view: &V) -> bool {
        // Who leads runs the work of others: their panic must neither end it nor leave the rest without an answer. What
        // the work left in the view is undone with it.
        self.outcome = self.work.take().map(|work| catch_unwind(AssertUnwindSafe(|| work(view))));
        matches!(self.outcome, Some(Ok(Ok(_))))
    }

    fn answer(self: Box<Self>, commit: std::result::Result<(), &Error>) {
        let outcome = match (self.outcome, commit) {
            (Some(Ok(Ok(value))), Ok(())) => Ok(Ok(value)),
            (Some(Ok(Ok(_))) | None, Err(error)) => Ok(Err(again(error))),
            (Some(own), _) => own,
            (None, Ok(())) => Ok(Err(Error::new(Code::Internal, "A write was not carried out. Try again."))),
        };
        // The waiter stays until it is answered, so there is nobody to tell of a closed channel.
        let _ = self.tell.send(Word::Answer(outcome));
    }

    fn lead(&self) {
        let _ = self.tell.send(Word::Lead);
    }
}

/// One commit's error, told to each of its waiters.
fn again(error: &Error) -> Error {
    let copy = Error::new(error.code(), error.message().to_owned()).with(UNSURE, "commit");
    error.context().iter().fold(copy, |copy, (key, value)| copy.with(key, value))
}

const UNSURE: &str = "unsure";

/// Whether it is not known what became of a write: its commit failed, and yet its pages may lie in the log whole, so
/// that the next start finds them. Nothing that the write refers to may be removed until a later commit has taken its
/// place in the log.
pub fn is_unsure(error: &Error) -> bool {
    error.detail(UNSURE).is_some()
}
