//! Locks and channels in the shape that the engine knows, on shuttle's. For the negative controls one of them can be
//! broken at a time.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::sync::PoisonError;
use std::time::Duration;

/// What a negative control breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Who waits at a condition is not woken.
    Wake,
    /// An answer never comes to who waits for it.
    Answer,
}

thread_local! {
    static BROKEN: Cell<Option<Broken>> = const { Cell::new(None) };
}

/// Breaks something in what this thread explores from now on, or nothing.
pub fn break_it(what: Option<Broken>) {
    BROKEN.set(what);
}

fn is_broken(what: Broken) -> bool {
    BROKEN.get() == Some(what)
}

/// A lock that a panic does not poison.
#[derive(Default)]
pub struct Mutex<T>(shuttle::sync::Mutex<T>);

pub struct MutexGuard<'a, T>(Option<shuttle::sync::MutexGuard<'a, T>>);

impl<T> Mutex<T> {
    pub fn new(value: T) -> Self {
        Self(shuttle::sync::Mutex::new(value))
    }

    pub fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard(Some(self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_ref().expect("it is held but while it waits")
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.as_mut().expect("it is held but while it waits")
    }
}

/// Patience never ends here: a thread that nobody wakes is found.
#[derive(Default)]
pub struct Condvar(shuttle::sync::Condvar);

impl Condvar {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify_all(&self) {
        if !is_broken(Broken::Wake) {
            self.0.notify_all();
        }
    }

    pub fn wait_for<T>(&self, guard: &mut MutexGuard<'_, T>, _: Duration) {
        self.wait(guard);
    }

    pub fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
        let held = guard.0.take().expect("it is held but while it waits");
        guard.0 = Some(self.0.wait(held).unwrap_or_else(PoisonError::into_inner));
    }
}

pub use shuttle::sync::mpsc::Receiver;

/// The sending end of a channel.
pub struct SyncSender<T>(shuttle::sync::mpsc::SyncSender<T>);

impl<T> SyncSender<T> {
    pub fn send(&self, value: T) -> Result<(), shuttle::sync::mpsc::SendError<T>> {
        if is_broken(Broken::Answer) {
            // Kept open, so that who waits does not even hear that nothing will come.
            std::mem::forget(self.0.clone());
            return Ok(());
        }
        self.0.send(value)
    }
}

pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let (sender, receiver) = shuttle::sync::mpsc::sync_channel(bound);
    (SyncSender(sender), receiver)
}
