//! CEL rules (C3).

use super::policy::{Asker, Subject};
use crate::{Code, Error, Result, model::Act};

/// Parses and type-checks a rule.
///
/// # Errors
/// `invalid_rule`.
pub fn check(_source: &str) -> Result<()> {
    Err(Error::new(Code::InvalidRule, "This build of Pail knows no rules. Choose another policy."))
}

/// Whether a rule allows it.
///
/// # Errors
/// A sentence.
pub fn evaluate(
    _source: &str,
    act: Act,
    _asker: &Asker<'_>,
    _subject: &Subject<'_>,
) -> std::result::Result<bool, String> {
    Err(format!("The rule for {} cannot be evaluated: this build of Pail knows no rules.", act.as_str()))
}
