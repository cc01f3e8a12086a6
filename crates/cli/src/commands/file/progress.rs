//! How far a put is, as a bar on a terminal.

use crate::commands::files;
use engine::rules::words;
use engine::transfer::{Snapshot, State};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error. It draws nothing where that is no terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar at its beginning.
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template("{wide_bar} {msg}").expect("the template is well-formed");
        bar.set_style(style.progress_chars("━━─"));
        Self(bar)
    }

    /// Shows a moment of the transfer.
    pub fn show(&self, at: &Snapshot) {
        if matches!(at.state, State::Done | State::Cancelled | State::Failed) {
            return;
        }
        self.0.set_length(at.bytes_total.max(1));
        self.0.set_position(at.bytes_done);
        self.0.set_message(message(at));
    }

    /// Takes it away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
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
