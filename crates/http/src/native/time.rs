//! Times as the native API shows them: ISO 8601 in UTC, to the millisecond, with `Z`.

use jiff::Timestamp;

/// Unix milliseconds as `2026-11-21T22:05:10.123Z`.
pub fn iso(milliseconds: i64) -> String {
    let time = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_to_the_millisecond_whatever_it_is() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_795_298_710_120), "2026-11-21T22:05:10.120Z");
        assert_eq!(iso(i64::MAX), "1970-01-01T00:00:00.000Z");
    }
}
