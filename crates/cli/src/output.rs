//! The one place that prints: JSON documents, lines, tables, and trouble.

use api::ApiError;
use serde::Serialize;
use std::io::{self, Write};

/// Prints one JSON document.
pub fn json(answer: &impl Serialize) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, answer)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Prints one line for people.
pub fn line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", calm(text))?;
    out.flush()
}

/// Prints text to the letter, with a line end if it has none.
pub fn text(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Tells an error on standard error. If even that cannot be written there is nobody left to tell.
pub fn tell(error: &ApiError, json: bool) {
    let told = if json { serde_json::to_string(error).unwrap_or_default() } else { calm(&error.message) };
    let _ = writeln!(io::stderr().lock(), "{told}");
}

/// A remark beside the answer, on standard error.
pub fn aside(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", calm(text));
}

/// A question on standard error, to be answered on the same line.
pub fn ask(text: &str) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "{}", calm(text)).and_then(|()| err.flush());
}

/// Rows under a head, each column as wide as it needs. What may be of any width belongs into the last column.
pub struct Table {
    rows: Vec<Vec<String>>,
    right: &'static [usize],
}

impl Table {
    /// A table with that head; the columns of `right` are aligned to the right.
    pub fn new(head: &[&str], right: &'static [usize]) -> Self {
        Self { rows: vec![head.iter().map(|&cell| cell.to_owned()).collect()], right }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| calm(&cell)).collect());
    }

    /// Prints it.
    pub fn print(&self) -> io::Result<()> {
        let mut widths = vec![0; self.rows[0].len()];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        for row in &self.rows {
            let mut line = String::new();
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let gap = " ".repeat(width.saturating_sub(cell.chars().count()));
                if self.right.contains(&at) {
                    line.push_str(&gap);
                    line.push_str(cell);
                } else {
                    line.push_str(cell);
                    line.push_str(&gap);
                }
                line.push_str("  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        out.flush()
    }
}

/// Names of other people's files may hold what a terminal takes for orders; those characters are shown as `?`.
fn calm(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '?' } else { c }).collect()
}
