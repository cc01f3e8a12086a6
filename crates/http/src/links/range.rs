//! The Range header (RFC 9110, section 14): one range of bytes; several are answered with the whole.

/// What to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everything: there is no range, or none that can be read.
    Whole,
    /// From `start` to `end`, both included.
    Bytes {
        /// First byte.
        start: u64,
        /// Last byte.
        end: u64,
    },
    /// The range begins after the end.
    Unsatisfiable,
}

/// Reads a Range header for content of `size` bytes.
pub fn parse(header: &str, size: u64) -> Part {
    let Some((unit, ranges)) = header.split_once('=') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    // A list may hold empty elements (section 5.6.1).
    let mut ranges = ranges.split(',').filter(|range| !range.trim().is_empty());
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return Part::Whole };
    let Some((first, last)) = range.split_once('-') else { return Part::Whole };
    match (number(first), number(last)) {
        (Some(Some(start)), Some(end)) => {
            if end.is_some() && digits(last) < digits(first) {
                return Part::Whole;
            }
            if start >= size {
                return Part::Unsatisfiable;
            }
            Part::Bytes { start, end: end.unwrap_or(u64::MAX).min(size - 1) }
        }
        (Some(None), Some(Some(suffix))) => {
            if suffix == 0 {
                return Part::Unsatisfiable;
            }
            // The end of nothing is there (section 14.1.2), but no Content-Range can say so.
            if size == 0 {
                return Part::Whole;
            }
            Part::Bytes { start: size.saturating_sub(suffix), end: size - 1 }
        }
        _ => Part::Whole,
    }
}

/// `Some(None)` for nothing written, `None` for what is no number. A number too large is the largest.
fn number(text: &str) -> Option<Option<u64>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Some(text.parse().unwrap_or(u64::MAX)))
}

/// What orders numbers of any length.
fn digits(number: &str) -> (usize, &str) {
    let digits = number.trim().trim_start_matches('0');
    (digits.len(), digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_rfc_says() {
        let bytes = |start, end| Part::Bytes { start, end };
        for (header, size, part) in [
            ("bytes=0-0", 10, bytes(0, 0)),
            ("bytes=2-5", 10, bytes(2, 5)),
            ("bytes=5-", 10, bytes(5, 9)),
            ("bytes=-3", 10, bytes(7, 9)),
            ("bytes=-30", 10, bytes(0, 9)),
            ("bytes=0-999", 10, bytes(0, 9)),
            ("BYTES = 1 - 2 ", 10, bytes(1, 2)),
            ("bytes=10-", 10, Part::Unsatisfiable),
            ("bytes=10-20", 10, Part::Unsatisfiable),
            ("bytes=-0", 10, Part::Unsatisfiable),
            ("bytes=0-", 0, Part::Unsatisfiable),
            ("bytes=-0", 0, Part::Unsatisfiable),
            ("bytes=-1", 0, Part::Whole),
            ("bytes=, 2-5 ,", 10, bytes(2, 5)),
            ("bytes=99999999999999999999999-", 10, Part::Unsatisfiable),
            ("bytes=0-99999999999999999999999", 10, bytes(0, 9)),
            ("bytes=5-2", 10, Part::Whole),
            ("bytes=03-002", 10, Part::Whole),
            ("bytes=99999999999999999999999-88888888888888888888888", 10, Part::Whole),
            ("bytes=0-1,3-4", 10, Part::Whole),
            ("bytes=a-b", 10, Part::Whole),
            ("bytes=+1-2", 10, Part::Whole),
            ("bytes=-", 10, Part::Whole),
            ("bytes", 10, Part::Whole),
            ("items=0-1", 10, Part::Whole),
            ("", 10, Part::Whole),
        ] {
            assert_eq!(parse(header, size), part, "{header:?} of {size}");
        }
    }
}
