//! The parts of an input. Any bytes are an input; text in lines, so that a corpus can be read and written by hand.

use std::borrow::Cow;

/// What is left of an input.
pub struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// All of it.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Up to the next line feed, which is not part of it.
    pub fn line(&mut self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.until(b'\n'))
    }

    /// A line with a number; 0 if it holds none.
    pub fn number(&mut self) -> u64 {
        self.line().trim().parse().unwrap_or(0)
    }

    /// Up to the next of these bytes, which is not part of it.
    pub fn until(&mut self, end: u8) -> &'a [u8] {
        let (part, rest) = match self.0.iter().position(|byte| *byte == end) {
            Some(at) => (&self.0[..at], &self.0[at + 1..]),
            None => (self.0, &[][..]),
        };
        self.0 = rest;
        part
    }

    /// All that is left.
    pub fn rest(self) -> &'a [u8] {
        self.0
    }

    /// All that is left, as text.
    pub fn text(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }
}
