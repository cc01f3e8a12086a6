//! Bringing files in from the person's disk: the look before, the copying, and what became of each file.

mod ingest;
mod plan;
mod preflight;
mod progress;

pub use ingest::{Failure, Ingest, Ingested};
pub use plan::{Decision, Source};
pub use preflight::{Entry, Preflight, Verdict, VerdictKind};
pub use progress::{ActiveFile, Snapshot, State};

pub(crate) use progress::Transfers;
