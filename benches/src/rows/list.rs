//! The first page of 100 objects, in every order, among a million and among ten thousand.

use crate::Result;
use crate::bench::Bench;
use crate::bulk;
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::rounds::{quantile, rounds};
use engine::ListRequest;
use engine::model::ObjectSort;
use std::time::Instant;

/// As the window lists: what lies directly in a folder.
const IN_A_FOLDER: [(Option<&str>, ObjectSort); 4] = [
    (Some(""), ObjectSort::Name),
    (Some(""), ObjectSort::Size),
    (Some(""), ObjectSort::Type),
    (Some(""), ObjectSort::Date),
];
/// As the command line lists: the whole bucket by key …
const BY_KEY: [(Option<&str>, ObjectSort); 1] = [(None, ObjectSort::Name)];
/// … and in another order, across its folders.
const ACROSS: [(Option<&str>, ObjectSort); 3] =
    [(None, ObjectSort::Size), (None, ObjectSort::Type), (None, ObjectSort::Date)];

/// Time of the 99th of a hundred calls, for each way of listing.
pub fn run(bench: &Bench) -> Result<Found> {
    let (many, few) = (bench.size(1_000_000, 50_000), 10_000);
    let room = bench.room()?;
    let opened = |count: u64| {
        let path = room.path().join(format!("home-{count}"));
        let bucket = bulk::home(&path, count)?;
        Home::open(&path, &bucket)
    };
    let (large, small) = (opened(many)?, opened(few)?);
    let mut lines = Vec::new();
    for (where_from, orders, calls) in [
        ("one folder, all orders", &IN_A_FOLDER[..], bench.size(2_000, 400)),
        ("whole bucket by key", &BY_KEY[..], bench.size(2_000, 400)),
        ("whole bucket by size, type, date", &ACROSS[..], 9),
    ] {
        let [small, large] =
            rounds(bench, [&mut || p99(&small, orders, calls), &mut || p99(&large, orders, calls)])?;
        let what = format!("First page among {many}, {where_from}, p99");
        let goal = Goal::AtMost(0.001);
        lines.push(Line::alone(&what, Unit::Seconds, large.median(), goal));
        let few = format!("the same among {few}");
        lines.push(Line::versus("…", Unit::Seconds, (&few, &small), &large, Goal::TimesAtMost(1.5)));
    }
    Ok(lines.into())
}

/// The orders take turns, so a single slow one shows.
fn p99(home: &Home, orders: &[(Option<&str>, ObjectSort)], calls: usize) -> Result<f64> {
    let mut taken = Vec::with_capacity(calls);
    for (folder, sort) in orders.iter().cycle().take(calls) {
        let request =
            ListRequest { folder: folder.map(str::to_owned), sort: *sort, limit: 100, ..Default::default() };
        let begun = Instant::now();
        let page = home.list(&request)?;
        taken.push(begun.elapsed().as_secs_f64());
        if page.objects.len() != 100 {
            return Err("A page is not full.".into());
        }
    }
    Ok(quantile(&taken, 0.99))
}
