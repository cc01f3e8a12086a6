//! What is wrong in a file, and where.

use super::directory::Found;
use api::{ApiError, ErrorCode};
use std::ops::Range;

/// An error in a file.
#[derive(Debug)]
pub struct Fault {
    file: Found,
    /// Line and column, from 1; columns count characters.
    at: Option<(usize, usize)>,
    code: ErrorCode,
    message: String,
}

impl Fault {
    /// An error of the file as a whole.
    pub fn of(file: &Found, code: ErrorCode, message: impl Into<String>) -> Self {
        Self { file: file.clone(), at: None, code, message: message.into() }
    }

    /// The same at bytes of the text.
    #[must_use]
    pub fn at(mut self, text: &str, span: Option<Range<usize>>) -> Self {
        self.at = span.map(|span| place(text, span.start));
        self
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        let file = fault.file.shown.display().to_string();
        let place = fault.at.map(|(line, column)| format!(", line {line}, column {column}"));
        let message = format!("{file}{}: {}", place.unwrap_or_default(), fault.message);
        let mut error = Self::new(fault.code, message);
        error.details.insert("file".to_owned(), file);
        if let Some((line, column)) = fault.at {
            error.details.insert("line".to_owned(), line.to_string());
            error.details.insert("column".to_owned(), column.to_string());
        }
        error
    }
}

/// Line and column of a byte.
fn place(text: &str, mut byte: usize) -> (usize, usize) {
    byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let text = "a = 1\nö = \"é\" x\n";
        for (byte, at) in [(0, (1, 1)), (4, (1, 5)), (6, (2, 1)), (7, (2, 1)), (8, (2, 2)), (999, (3, 1))] {
            assert_eq!(place(text, byte), at, "{byte}");
        }
    }
}
