//! Merges into a bucket's document, against raw SQLite commits that write a document of the same size; and sixteen
//! clients against one.

use super::put::at_a_time;
use crate::Result;
use crate::bench::Bench;
use crate::files::settle;
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::rounds::{rounds, seconds};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// At a time.
const CLIENTS: usize = 16;
/// Members of the document, of about forty bytes each.
const MEMBERS: usize = 50;
/// Values have as many digits as this one, so that the document keeps its size.
const FIRST_VALUE: usize = 1_000_000_000;

/// Against raw commits, and against itself.
pub fn run(bench: &Bench) -> Result<Found> {
    let count = bench.size(1_000, 200);
    let room = bench.room()?;
    let [raw, one, sixteen] = rounds(
        bench,
        [&mut || raw(&room.place(), count), &mut || merges(&room.place(), 1, count), &mut || {
            merges(&room.place(), CLIENTS, count / 4)
        }],
    )?;
    let at_least = Goal::TimesAtLeast;
    let peer = ("SQLite UPDATE, committed", &raw);
    Ok(vec![
        Line::versus("A merge into data, durable", Unit::PerSecond, peer, &one, at_least(0.9)),
        Line::versus(
            "… by 16 clients at a time",
            Unit::PerSecond,
            ("Pail, one client", &one),
            &sixteen,
            at_least(3.0),
        ),
    ]
    .into())
}

/// A member, of those that the document has.
fn member(number: usize, value: usize) -> String {
    format!("\"measurement_{:03}\": {{\"value\": {}}}", number % MEMBERS, FIRST_VALUE + value)
}

/// The document.
pub fn document(value: usize) -> String {
    let members: Vec<String> = (0..MEMBERS).map(|number| member(number, value)).collect();
    format!("{{{}}}", members.join(",\n "))
}

/// Commits a second with the same promise that Pail gives.
pub fn raw(target: &Path, count: usize) -> Result<f64> {
    fs::create_dir(target)?;
    let connection = Connection::open(target.join("raw.db"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection
        .execute_batch("CREATE TABLE data (seq INTEGER PRIMARY KEY, text TEXT, revision INTEGER) STRICT")?;
    connection.execute("INSERT INTO data VALUES (1, ?, 0)", [document(0)])?;
    settle(target)?;
    let mut update = connection.prepare("UPDATE data SET text = ?, revision = revision + 1 WHERE seq = 1")?;
    let taken =
        seconds(|| (0..count).try_for_each(|number| Ok(update.execute([document(number)]).map(drop)?)))?;
    Ok(count as f64 / taken)
}

/// Merges a second, of clients with `each` merges.
fn merges(target: &Path, clients: usize, each: usize) -> Result<f64> {
    let home = Home::new(target)?;
    home.set_data(&document(0))?;
    settle(target)?;
    let merge = |client: usize| {
        (0..each).try_for_each(|number| home.merge(&format!("{{{}}}", member(client + number, number))))
    };
    let taken = seconds(|| at_a_time(clients, merge))?;
    Ok((clients * each) as f64 / taken)
}
