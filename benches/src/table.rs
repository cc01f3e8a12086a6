//! The table, in Markdown that also reads well in a terminal.

use crate::line::{Goal, Line, Unit};

const HEAD: [&str; 8] = ["Work", "Peer", "Peer's", "Pail's", "Ratio", "In any round", "Goal", "Met"];

/// All lines below one head.
pub fn table(lines: &[Line]) -> String {
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(lines.iter().map(cells));
    align(&rows)
}

fn cells(line: &Line) -> [String; 8] {
    let ratio = |ratio: f64| format!("{ratio:.2}");
    [
        line.what.clone(),
        line.peer.clone(),
        line.theirs.map(|theirs| figure(theirs, line.unit)).unwrap_or_default(),
        figure(line.ours, line.unit),
        line.ratio().map(ratio).unwrap_or_default(),
        line.span.map(|(low, high)| format!("{low:.2}–{high:.2}")).unwrap_or_default(),
        goal(line),
        line.met().map(|met| if met { "yes" } else { "**no**" }).unwrap_or_default().to_owned(),
    ]
}

fn goal(line: &Line) -> String {
    match line.goal {
        Goal::TimesAtMost(most) => format!("≤ {most} ×"),
        Goal::TimesAtLeast(least) => format!("≥ {least} ×"),
        Goal::AtMost(most) => format!("≤ {}", figure(most, line.unit)),
        Goal::None => String::new(),
    }
}

/// A figure as people read it, with three digits that mean something.
pub fn figure(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds => time(value),
        Unit::CpuSeconds => format!("{} CPU", time(value)),
        Unit::MegabytesPerSecond => format!("{} MB/s", digits(value)),
        Unit::PerSecond => format!("{}/s", digits(value)),
        Unit::Mebibytes => format!("{} MiB", digits(value)),
    }
}

fn time(seconds: f64) -> String {
    match seconds {
        ..0.001 => format!("{} µs", digits(seconds * 1e6)),
        ..1.0 => format!("{} ms", digits(seconds * 1e3)),
        _ => format!("{} s", digits(seconds)),
    }
}

fn digits(value: f64) -> String {
    // Not 100 and 10, which a little less is rounded up to.
    let places = if value >= 99.95 { 0 } else { usize::from(value < 9.995) + 1 };
    format!("{value:.places$}")
}

/// Pads every column to its widest cell, and rules off the head.
pub fn align<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: [usize; N] = std::array::from_fn(|column| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(3)
    });
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (cell, width) in row.iter().zip(widths) {
            text.push_str(&format!("| {cell:<width$} "));
        }
        text.push_str("|\n");
        if number == 0 {
            widths.iter().for_each(|width| text.push_str(&format!("|{}", "-".repeat(width + 2))));
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_digits_that_mean_something() {
        for (value, unit, text) in [
            (0.000_123_4, Unit::Seconds, "123 µs"),
            (0.012_34, Unit::Seconds, "12.3 ms"),
            (0.099_99, Unit::Seconds, "100 ms"),
            (1.234, Unit::CpuSeconds, "1.23 s CPU"),
            (1234.5, Unit::PerSecond, "1234/s"),
            (31.96, Unit::Mebibytes, "32.0 MiB"),
        ] {
            assert_eq!(figure(value, unit), text);
        }
    }

    #[test]
    fn a_line_says_whether_it_meets_its_goal() {
        let line = |goal| Line { theirs: Some(2.0), ..Line::alone("put", Unit::Seconds, 3.0, goal) };
        for (goal, met) in [
            (Goal::TimesAtMost(1.5), Some(true)),
            (Goal::TimesAtMost(1.4), Some(false)),
            (Goal::TimesAtLeast(1.5), Some(true)),
            (Goal::TimesAtLeast(1.6), Some(false)),
            (Goal::AtMost(2.9), Some(false)),
            (Goal::None, None),
        ] {
            assert_eq!(line(goal).met(), met, "{goal:?}");
        }
        assert!(table(&[line(Goal::TimesAtMost(1.4))]).contains("| 1.50  |"));
    }
}
