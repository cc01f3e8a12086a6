//! A command that ran: its exit code and what it said.

use serde_json::Value;
use std::process::Output;

/// A command that ran.
#[derive(Debug)]
pub struct Ran {
    /// Exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// Standard output, to the byte.
    pub bytes: Vec<u8>,
    /// Standard error.
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            bytes: output.stdout,
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    /// Standard output as text.
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// What it printed, if it ended well.
    pub fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self.out()
    }

    /// The JSON document it printed, if it ended well and said nothing besides.
    pub fn json(self) -> Value {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out());
        serde_json::from_slice(&self.bytes).expect("one JSON document")
    }

    /// The sentence of a refusal: exit code 1, nothing on standard output.
    pub fn refused(self) -> String {
        assert_eq!((self.code, self.out().as_str()), (Some(1), ""), "{}", self.err);
        self.err
    }

    /// The error of a command with `--json` that was refused.
    pub fn error(self) -> Value {
        serde_json::from_str(&self.refused()).expect("one JSON error")
    }
}
