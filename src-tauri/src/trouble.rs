//! Tells of trouble when there is no window to tell it in.

use rfd::{MessageButtons, MessageDialog, MessageLevel};

/// Shows a sentence in a dialog of the system, and on standard error for whoever started Pail from a terminal.
pub fn tell(sentence: &str) {
    eprintln!("{sentence}");
    MessageDialog::new()
        .set_title("Pail cannot open")
        .set_description(sentence)
        .set_level(MessageLevel::Error)
        .set_buttons(MessageButtons::OkCustom("Close".to_owned()))
        .show();
}
