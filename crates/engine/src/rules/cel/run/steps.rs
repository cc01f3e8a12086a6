//! What evaluating may take, and what stops it.

/// The most steps. A step looks at about 32 bytes; all of them take a few milliseconds.
const STEPS: usize = 100_000;
/// The longest text that a rule makes, in bytes.
pub(in crate::rules::cel) const TEXT: usize = 64 << 10;

/// What is left of the steps.
#[derive(Debug)]
pub(in crate::rules::cel) struct Steps(usize);

impl Default for Steps {
    fn default() -> Self {
        Self(STEPS)
    }
}

impl Steps {
    pub(in crate::rules::cel) fn take(&mut self, count: usize) -> Result<(), Halt> {
        self.0 = self.0.checked_sub(count).ok_or(Halt::Spent("the rule takes too many steps"))?;
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
