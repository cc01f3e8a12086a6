//! What holds whatever is sent: one file per parser of hostile input, with the properties of its answers for any bytes.
//!
//! Where a rule can be written down a second time, slowly and simply, the parser is compared with that. The tests of
//! this crate replay the corpora and try changed inputs at every `make test`; `make fuzz` searches with libFuzzer. A new
//! target is a file here, a line in [`TARGETS`], one in `fuzz/Cargo.toml`, and a corpus.
#![allow(clippy::unwrap_used)] // A property that does not hold ends in a panic: that is how it is told.

mod archives;
mod common;
mod conditions;
mod cursors;
mod definitions;
mod disposition;
mod forms;
mod globs;
mod hosts;
mod input;
mod json;
mod media_types;
mod mutate;
mod names;
mod pictures;
mod ranges;
mod rules;
mod signed;
mod slugs;
mod tags;
mod types;

pub use mutate::Mutator;

/// A parser, and what must hold of it.
pub struct Target {
    /// Also the name of its corpus and of its program.
    pub name: &'static str,
    /// Panics if a property does not hold for this input.
    pub holds: fn(&[u8]),
    /// Pieces that inputs are made of.
    pub words: &'static [&'static str],
    /// How many changed inputs a run of the tests tries.
    pub tries: u32,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    archives::TARGET,
    conditions::TARGET,
    cursors::TARGET,
    definitions::TARGET,
    disposition::TARGET,
    forms::TARGET,
    globs::TARGET,
    hosts::TARGET,
    json::TARGET,
    media_types::TARGET,
    names::TARGET,
    pictures::TARGET,
    ranges::TARGET,
    rules::TARGET,
    signed::TARGET,
    slugs::TARGET,
    tags::TARGET,
    types::TARGET,
];

/// What must hold of the target of that name.
///
/// # Panics
/// If there is none.
pub fn holds(name: &str) -> fn(&[u8]) {
    TARGETS.iter().find(|target| target.name == name).expect("a program is named as its target").holds
}
