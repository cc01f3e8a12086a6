//! Sizes and counts in words, for messages (LOOK.md: decimal units with three figures; limits in the unit they were set in).

/// `705 B`, `4.21 KB`, `1.4 GB`: decimal, at most three figures, no trailing zeros.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let decimals = if value < 9.995 { 2 } else { usize::from(value < 99.95) };
    let figures = format!("{value:.decimals$}");
    let figures =
        if figures.contains('.') { figures.trim_end_matches('0').trim_end_matches('.') } else { &figures };
    format!("{figures} {}", UNITS[unit])
}

/// A limit in the largest unit that says it exactly: `1 GiB`, `100 MB`, `1,500 B`.
pub fn limit(bytes: u64) -> String {
    const UNITS: [(u64, &str); 8] = [
        (1 << 40, "TiB"),
        (1_000_000_000_000, "TB"),
        (1 << 30, "GiB"),
        (1_000_000_000, "GB"),
        (1 << 20, "MiB"),
        (1_000_000, "MB"),
        (1 << 10, "KiB"),
        (1000, "KB"),
    ];
    match UNITS.iter().find(|(unit, _)| bytes >= *unit && bytes.is_multiple_of(*unit)) {
        Some((unit, name)) => format!("{} {name}", count(bytes / unit)),
        None => format!("{} B", count(bytes)),
    }
}

/// `1,284`
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_figures() {
        for (bytes, words) in [
            (0, "0 B"),
            (705, "705 B"),
            (4_210, "4.21 KB"),
            (8_420_000, "8.42 MB"),
            (999_499, "999 KB"),
            (999_500, "1 MB"),
            (1_400_000_000, "1.4 GB"),
            (18_600_000, "18.6 MB"),
        ] {
            assert_eq!(size(bytes), words);
        }
    }

    #[test]
    fn limits_keep_the_unit_they_were_set_in() {
        for (bytes, words) in [
            (1 << 30, "1 GiB"),
            (100_000_000, "100 MB"),
            (52_428_800, "50 MiB"),
            (1_501, "1,501 B"),
            (0, "0 B"),
        ] {
            assert_eq!(limit(bytes), words);
        }
        assert_eq!(count(1_234_567), "1,234,567");
    }
}
