//! Telling the parent what is so since an act, and waiting until it has taken note.

use crate::Done;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};
use std::sync::{Mutex, PoisonError};

/// What an act changed, by what it says it of; `None` for what is there no more.
pub type Changes = BTreeMap<String, Option<String>>;

/// One at a time asks and is answered.
static TURN: Mutex<()> = Mutex::new(());

/// Tells it and waits for the answer.
pub fn tell(thread: usize, changes: &Changes) -> Done {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", json!({ "thread": thread, "facts": changes }))?;
    out.flush()?;
    let mut answer = String::new();
    if std::io::stdin().lock().read_line(&mut answer)? == 0 {
        return Err("nobody listens any more".into());
    }
    Ok(())
}
