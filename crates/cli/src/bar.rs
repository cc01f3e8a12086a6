//! A bar that tells how far something is.

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

    /// Shows how far it is, with a few words beside.
    pub fn show(&self, done: u64, total: u64, words: String) {
        self.0.set_length(total.max(1));
        self.0.set_position(done);
        self.0.set_message(words);
    }

    /// Takes it away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}
