//! One line of the table: what was measured, against whom, and whether that is good enough.

use crate::rounds::Samples;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Time on the wall.
    Seconds,
    /// Time of the processor, user and system.
    CpuSeconds,
    /// 1,000,000 bytes a second.
    MegabytesPerSecond,
    /// Acts a second.
    PerSecond,
    /// 1,048,576 bytes of memory.
    Mebibytes,
}

/// What is good enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// At most so many times the peer's figure.
    TimesAtMost(f64),
    /// At least so many times the peer's figure.
    TimesAtLeast(f64),
    /// At most this figure.
    AtMost(f64),
    /// It is only told.
    None,
}

/// One line.
#[derive(Debug)]
pub struct Line {
    /// What was done.
    pub what: String,
    /// Who did the same.
    pub peer: String,
    /// The peer's figure.
    pub theirs: Option<f64>,
    /// Pail's figure.
    pub ours: f64,
    /// What both count.
    pub unit: Unit,
    /// The ratio's lowest and highest value in any one round.
    pub span: Option<(f64, f64)>,
    /// What is good enough.
    pub goal: Goal,
}

impl Line {
    /// Medians against a peer's.
    pub fn versus(
        what: &str,
        unit: Unit,
        (peer, theirs): (&str, &Samples),
        ours: &Samples,
        goal: Goal,
    ) -> Self {
        Self {
            what: what.to_owned(),
            peer: peer.to_owned(),
            theirs: Some(theirs.median()),
            ours: ours.median(),
            unit,
            span: Some(ours.span(theirs)),
            goal,
        }
    }

    /// A figure of Pail's alone.
    pub fn alone(what: &str, unit: Unit, ours: f64, goal: Goal) -> Self {
        Self { what: what.to_owned(), peer: String::new(), theirs: None, ours, unit, span: None, goal }
    }

    /// Pail's figure in terms of the peer's.
    pub fn ratio(&self) -> Option<f64> {
        self.theirs.map(|theirs| self.ours / theirs)
    }

    /// Whether the goal is met, if there is one.
    pub fn met(&self) -> Option<bool> {
        match (self.goal, self.ratio()) {
            (Goal::TimesAtMost(most), Some(ratio)) => Some(ratio <= most),
            (Goal::TimesAtLeast(least), Some(ratio)) => Some(ratio >= least),
            (Goal::AtMost(most), _) => Some(self.ours <= most),
            (Goal::TimesAtMost(_) | Goal::TimesAtLeast(_), None) | (Goal::None, _) => None,
        }
    }
}

/// What a row found.
#[derive(Debug, Default)]
pub struct Found {
    /// Its lines.
    pub lines: Vec<Line>,
    /// What does not fit into lines.
    pub extra: Option<String>,
}

impl From<Vec<Line>> for Found {
    fn from(lines: Vec<Line>) -> Self {
        Self { lines, extra: None }
    }
}
