//! Sizes and counts as people write them: `1GiB`, `50MB`, `1048576`, or `none` for no limit.

/// A limit, or its absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(pub Option<u64>);

/// Reads a limit in bytes.
pub fn bytes(written: &str) -> Result<Limit, String> {
    limit(written, |number| {
        let digits = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        let (figures, unit) = number.split_at(digits);
        Some(scaled(figures, factor(unit.trim())?)?).filter(|bytes| *bytes > 0)
    })
    .ok_or_else(|| "write a size such as 1GiB, 50MB or 1048576, or none".to_owned())
}

/// Reads a limit in pieces.
pub fn count(written: &str) -> Result<Limit, String> {
    limit(written, |number| number.replace(',', "").parse().ok().filter(|count| *count > 0))
        .ok_or_else(|| "write a number of at least 1, or none".to_owned())
}

fn limit(written: &str, read: impl Fn(&str) -> Option<u64>) -> Option<Limit> {
    match written.trim() {
        none if none.eq_ignore_ascii_case("none") => Some(Limit(None)),
        number => read(number).map(|value| Limit(Some(value))),
    }
}

fn factor(unit: &str) -> Option<u64> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "t" | "tb" => 1_000_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return None,
    })
}

/// Exact for whole numbers; a fraction is rounded down to whole bytes.
fn scaled(figures: &str, factor: u64) -> Option<u64> {
    let (whole, fraction) = figures.split_once('.').unwrap_or((figures, "0"));
    if whole.is_empty() || fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    let tenths = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
    let exact = u128::from(whole.parse::<u64>().ok()?) * u128::from(factor);
    let rest = u128::from(fraction.parse::<u64>().ok()?) * u128::from(factor) / tenths;
    u64::try_from(exact + rest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (written, value) in [
            ("1GiB", Some(1 << 30)),
            ("1 GiB", Some(1 << 30)),
            ("50MB", Some(50_000_000)),
            ("50mb", Some(50_000_000)),
            ("1.5 KB", Some(1500)),
            ("0.5KiB", Some(512)),
            ("1048576", Some(1_048_576)),
            ("705 B", Some(705)),
            ("18446744073709551615", Some(u64::MAX)),
            ("none", None),
            ("None", None),
        ] {
            assert_eq!(bytes(written), Ok(Limit(value)), "{written}");
        }
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for written in [
            "",
            "0",
            "0 MB",
            "MB",
            "-1",
            "1.MB",
            ".5MB",
            "1e3",
            "1 GB more",
            "1QB",
            "18446744073709551616",
            "20000000TiB",
        ] {
            assert!(bytes(written).is_err(), "{written}");
        }
    }

    #[test]
    fn counts_are_numbers_from_one() {
        assert_eq!(count("1,000"), Ok(Limit(Some(1000))));
        assert_eq!(count("none"), Ok(Limit(None)));
        for written in ["0", "-3", "many", ""] {
            assert!(count(written).is_err(), "{written}");
        }
    }
}
