//! How far a put is.

use crate::bar::Bar;
use crate::commands::files;
use engine::rules::words;
use engine::transfer::{Snapshot, State};

/// Shows a moment of the transfer.
pub fn show(bar: &Bar, at: &Snapshot) {
    if matches!(at.state, State::Done | State::Cancelled | State::Failed) {
        return;
    }
    bar.show(at.bytes_done, at.bytes_total, message(at));
}

fn message(at: &Snapshot) -> String {
    let sizes = format!("{} of {}", words::size(at.bytes_done), words::size(at.bytes_total));
    match at.state {
        State::Looking => "Looking".to_owned(),
        State::Finishing => format!("{sizes}, writing to disk"),
        _ if at.files_total == 1 => format!("{sizes}, {}/s", words::size(at.rate)),
        _ => {
            let done = words::count(at.files_done);
            format!("{done} of {}, {sizes}, {}/s", files(at.files_total), words::size(at.rate))
        }
    }
}
