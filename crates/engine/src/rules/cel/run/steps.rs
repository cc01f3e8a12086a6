//! What evaluating may take, and what stops it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The most steps. A step looks at about 32 bytes; all of them take a few milliseconds.
const STEPS: usize = 100_000;
/// The longest text that a rule makes, in bytes.
pub(in crate::rules::cel) const TEXT: usize = 64 << 10;

/// The most steps of all evaluations for one question together, such as which of a bucket's objects somebody may read: about
/// half a second.
const BUDGET: usize = 10_000_000;
/// What an evaluation may take without being counted. To read a row costs as much, so a plain rule goes with any number.
const FREE: usize = 200;

/// What is left for all evaluations of one question together. It counts steps and no time, so the same question has the
/// same answer on every machine.
#[derive(Debug)]
pub struct Budget {
    left: AtomicUsize,
    spent: AtomicBool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: AtomicUsize::new(BUDGET), spent: AtomicBool::new(false) }
    }
}

impl Budget {
    /// Whether an evaluation was stopped because those before took too much. Its answer counts for nothing.
    pub fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed)
    }

    /// The steps of the next evaluation.
    pub(in crate::rules::cel) fn next(&self) -> Steps {
        let most = STEPS.min(self.left.load(Ordering::Relaxed).saturating_add(FREE));
        let why = if most < STEPS { TOO_MANY_TOGETHER } else { "the rule takes too many steps" };
        Steps { most, left: most, why }
    }

    /// Takes what an evaluation took.
    pub(in crate::rules::cel) fn note(&self, steps: &Steps, halt: Option<&Halt>) {
        let counted = (steps.most - steps.left).saturating_sub(FREE);
        let left = self.left.load(Ordering::Relaxed).saturating_sub(counted);
        self.left.store(left, Ordering::Relaxed);
        if matches!(halt, Some(Halt::Spent(TOO_MANY_TOGETHER))) {
            self.spent.store(true, Ordering::Relaxed);
        }
    }
}

const TOO_MANY_TOGETHER: &str = "the rule takes too many steps for so many files at once";

/// What is left of the steps of one evaluation.
#[derive(Debug)]
pub(in crate::rules::cel) struct Steps {
    most: usize,
    left: usize,
    why: &'static str,
}

impl Default for Steps {
    fn default() -> Self {
        Budget::default().next()
    }
}

impl Steps {
    pub(in crate::rules::cel) fn take(&mut self, count: usize) -> Result<(), Halt> {
        let Some(left) = self.left.checked_sub(count) else {
            self.left = 0;
            return Err(Halt::Spent(self.why));
        };
        self.left = left;
        Ok(())
    }

    /// What looking at so many bytes takes.
    pub(in crate::rules::cel) fn take_for(&mut self, bytes: usize) -> Result<(), Halt> {
        self.take(bytes / 32 + 1)
    }
}

/// Why a part has no value.
#[derive(Debug)]
pub(in crate::rules::cel) enum Halt {
    /// An error of CEL: `||` and `&&` pass over it if the other side decides.
    Fault(Stop),
    /// A limit. Nothing passes over it.
    Spent(&'static str),
}

/// What stopped a rule, and at which byte.
#[derive(Debug)]
pub(in crate::rules::cel) struct Stop {
    pub(in crate::rules::cel) at: usize,
    pub(in crate::rules::cel) what: String,
}

pub(in crate::rules::cel) fn fault(at: usize, what: impl Into<String>) -> Halt {
    Halt::Fault(Stop { at, what: what.into() })
}
