//! Moments in words: the person's own time, to the minute.

use jiff::{Timestamp, tz::TimeZone};

/// `2026-11-28 14:32`
pub fn minute(milliseconds: i64) -> String {
    match Timestamp::from_millisecond(milliseconds) {
        Ok(moment) => moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => "-".to_owned(),
    }
}
