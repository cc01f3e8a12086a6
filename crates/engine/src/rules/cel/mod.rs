//! CEL rules (C3): who may, as an expression over the asker and the object.
//!
//! ```text
//! hasRole('admin') || isMemberOf('team', blob.metadata.teamId)
//! ```
//!
//! A rule knows `user.userId`, `user.role`, `blob.uploaderId`, `blob.metadata`, the functions `isMemberOf(type, id)` and
//! `hasRole(role)`, and of CEL its operators, `has`, `size`, `startsWith`, `endsWith`, `contains`, `all`, `exists`,
//! `exists_one`, `map` and `filter`. Numbers are CEL's int and double, keys of maps are texts. Everything else is refused
//! when the rule is saved, `matches`, bytes, conversions and macros within macros among it.
//!
//! Whoever may edit a bucket may write a rule, so every step holds its own limit: `scan` reads the source and refuses what
//! is long or deep, before the library's parser recurses in `parse`; `lower` checks names and types and makes a tree
//! of our own; `run` walks that, and each step costs. The library's evaluator, which knows no limits, is what tests
//! compare with.

mod cache;
mod lower;
mod parse;
mod rule;
mod run;
mod scan;
mod types;
mod value;

#[cfg(test)]
mod tests;

use super::policy::{Asker, Subject};
use crate::{Code, Error, Result, model::Act};
use rule::Rule;
pub use run::Budget;

/// The longest source, in bytes.
pub const MAX_BYTES: usize = 4096;
/// The deepest nesting of brackets and choices (`? :`).
pub const MAX_DEPTH: usize = 32;
/// The most names, values and operators.
pub const MAX_NODES: usize = 500;

/// Why a rule cannot be kept: the byte where, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refused {
    at: usize,
    reason: String,
    advice: String,
}

impl Refused {
    fn new(at: usize, reason: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { at, reason: reason.into(), advice: advice.into() }
    }
}

/// Parses and type-checks a rule, as it is to be when it is saved.
///
/// # Errors
/// `invalid_rule` with `line` and `column` (both from 1, in characters), `reason` and `advice`.
pub fn check(source: &str) -> Result<()> {
    compile(source).map(|_| ()).map_err(|refused| {
        let (line, column) = place(source, refused.at);
        let reason = format!("Line {line}, column {column}: {}", refused.reason);
        Error::refusal(Code::InvalidRule, reason, refused.advice).with("line", line).with("column", column)
    })
}

/// Whether a rule allows it. Compiled rules are kept for the next time; nobody waits longer than the limits let them.
///
/// # Errors
/// A plain sentence if the rule cannot be compiled or evaluated, would take too much, or gives neither true nor false.
pub fn evaluate(
    source: &str,
    act: Act,
    asker: &Asker<'_>,
    subject: &Subject<'_>,
) -> std::result::Result<bool, String> {
    evaluate_within(source, act, asker, subject, &Budget::default())
}

/// The same as one of many evaluations that take from one budget.
///
/// # Errors
/// As [`evaluate`]; also if those before took too much, which the budget then says.
pub fn evaluate_within(
    source: &str,
    act: Act,
    asker: &Asker<'_>,
    subject: &Subject<'_>,
    budget: &Budget,
) -> std::result::Result<bool, String> {
    let fault = |at, what: &str| {
        let (line, column) = place(source, at);
        format!(
            "The bucket's rule for {} cannot be evaluated: line {line}, column {column}: {what}.",
            act.as_str()
        )
    };
    let rule = cache::get(source).map_err(|refused| fault(refused.at, &refused.reason))?;
    run::run(&rule, asker, subject, budget).map_err(|stop| fault(stop.at, &stop.what))
}

fn compile(source: &str) -> std::result::Result<Rule, Refused> {
    scan::scan(source)?;
    parse::parsed(source, |tree| lower::lower(source, tree))
}

/// Line and column of a byte, from 1, in characters.
fn place(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
