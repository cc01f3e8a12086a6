//! The Range header (RFC 9110, section 14). Input: the size of the content, then the header.

use crate::Target;
use crate::input::Input;
use http_face::fuzzing::{Part, range};

pub const TARGET: Target = Target {
    name: "ranges",
    holds,
    words: &[
        "bytes=",
        "-",
        ",",
        " ",
        "\t",
        "0-0",
        "bytes=0-",
        "bytes=-1",
        "items=",
        "=",
        "18446744073709551616",
        "+",
        "BYTES",
        "\n",
    ],
    tries: 50_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let (size, header) = (input.number(), input.text());
    let answer = range(&header, size);
    if let Part::Bytes { start, end } = answer {
        assert!(start <= end && end < size, "{start}-{end} is not in {size} bytes");
    }
    assert_eq!(answer, slow(&header, size), "{header:?} of {size}");
}

/// A number of any length, as digits without leading zeros.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Digits(usize, String);

impl Digits {
    fn of(text: &str) -> Option<Self> {
        let whole = !text.is_empty() && text.chars().all(|c| "0123456789".contains(c));
        let digits = text.trim_start_matches('0');
        whole.then(|| Self(digits.len(), digits.to_owned()))
    }

    fn number(size: u64) -> Self {
        Self::of(&size.to_string()).unwrap()
    }

    /// As a number, for one that is no larger than a size.
    fn value(&self) -> u64 {
        if self.0 == 0 { 0 } else { self.1.parse().unwrap() }
    }
}

/// The section in its own order: a unit that is not known, a set that cannot be read, and several ranges are all
/// ignored; of one range, satisfiable is a start within the content, or a suffix that is not 0. White space around the
/// numbers, which the grammar does not know, is overlooked.
fn slow(header: &str, size: u64) -> Part {
    let Some(equals) = header.find('=') else { return Part::Whole };
    let (unit, set) = (header[..equals].trim(), header[equals + 1..].trim());
    if !unit.eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    let specs: Vec<&str> = set.split(',').map(str::trim).filter(|spec| !spec.is_empty()).collect();
    let [spec] = specs[..] else { return Part::Whole };
    let Some(dash) = spec.find('-') else { return Part::Whole };
    let (first, last) = (spec[..dash].trim(), spec[dash + 1..].trim());
    let total = Digits::number(size);
    match (Digits::of(first), Digits::of(last)) {
        (Some(first), None) if last.is_empty() => {
            if first < total {
                Part::Bytes { start: first.value(), end: size - 1 }
            } else {
                Part::Unsatisfiable
            }
        }
        (Some(first), Some(last)) => {
            if last < first {
                Part::Whole
            } else if first >= total {
                Part::Unsatisfiable
            } else {
                let end = if last < total { last.value() } else { size - 1 };
                Part::Bytes { start: first.value(), end }
            }
        }
        (None, Some(suffix)) if first.is_empty() => match suffix {
            _ if suffix.value_is_zero() => Part::Unsatisfiable,
            // Satisfiable, but no Content-Range can say "nothing of nothing".
            _ if size == 0 => Part::Whole,
            suffix if suffix < total => Part::Bytes { start: size - suffix.value(), end: size - 1 },
            _ => Part::Bytes { start: 0, end: size - 1 },
        },
        _ => Part::Whole,
    }
}

impl Digits {
    fn value_is_zero(&self) -> bool {
        self.0 == 0
    }
}
