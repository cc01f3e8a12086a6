//! Moments and spans: as people write them (`1h`, `7d`, `2027-01-01`), and in words, in the person's own time.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// `2026-11-28 14:32`
pub fn minute(milliseconds: i64) -> String {
    match Timestamp::from_millisecond(milliseconds) {
        Ok(moment) => moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => "-".to_owned(),
    }
}

/// Reads a span: seconds, or a whole number with `s`, `m`, `h`, `d` or `w`. Answers seconds.
pub fn seconds(written: &str) -> Result<i64, String> {
    let written = written.trim();
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let (number, unit) = written.split_at(digits);
    let unit = match unit {
        "" | "s" => Some(1),
        "m" => Some(60),
        "h" => Some(3600),
        "d" => Some(86_400),
        "w" => Some(604_800),
        _ => None,
    };
    let span = unit.zip(number.parse::<i64>().ok()).and_then(|(unit, number)| number.checked_mul(unit));
    span.filter(|seconds| *seconds > 0)
        .ok_or_else(|| "write a time such as 3600, 90s, 15m, 1h or 7d".to_owned())
}

/// An end to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// So many seconds from now.
    After(i64),
    /// At that Unix millisecond.
    At(i64),
}

impl End {
    /// In Unix milliseconds.
    pub fn moment(self) -> i64 {
        match self {
            Self::After(seconds) => {
                Timestamp::now().as_millisecond().saturating_add(seconds.saturating_mul(1000))
            }
            Self::At(moment) => moment,
        }
    }
}

/// Reads an end: a span from now, or a date with or without a time; without an offset it is the person's own time.
pub fn end(written: &str) -> Result<End, String> {
    if let Ok(span) = seconds(written) {
        return Ok(End::After(span));
    }
    let moment = written.parse::<Timestamp>().ok().or_else(|| {
        let local: DateTime = written.parse().ok()?;
        local.to_zoned(TimeZone::system()).ok().map(|moment| moment.timestamp())
    });
    moment.map(|moment| End::At(moment.as_millisecond())).ok_or_else(|| {
        "write a span such as 30d, or a date such as 2027-01-01 or 2027-01-01T12:00:00Z".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (written, span) in [
            ("3600", 3600),
            ("90s", 90),
            ("15m", 900),
            ("1h", 3600),
            ("7d", 604_800),
            ("2w", 1_209_600),
            (" 1d ", 86_400),
        ] {
            assert_eq!(seconds(written), Ok(span), "{written}");
        }
        for written in ["", "0", "0h", "h", "-1h", "1.5h", "1 h", "1y", "1H", "99999999999999999999", "9e9"] {
            assert!(seconds(written).is_err(), "{written}");
        }
        assert!(seconds("9223372036854775807w").is_err(), "more than there is");
    }

    #[test]
    fn an_end_is_a_span_or_a_date() {
        assert_eq!(end("30d"), Ok(End::After(2_592_000)));
        assert_eq!(end("2027-01-01T00:00:00Z"), Ok(End::At(1_798_761_600_000)));
        assert_eq!(end("2027-01-01T02:00:00+02:00"), Ok(End::At(1_798_761_600_000)));
        for local in ["2027-01-01", "2027-01-01T12:30", "2027-01-01T12:30:15"] {
            assert!(matches!(end(local), Ok(End::At(_))), "{local}");
        }
        for written in ["", "tomorrow", "2027-13-01", "12:30", "2027-01-01T25:00"] {
            assert!(end(written).is_err(), "{written}");
        }
    }
}
