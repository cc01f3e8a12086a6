//! The same with the writer as it is, on SQLite: savepoints, commits that fail, transactions that end in the middle.

use crate::db::writer::Writer;
use crate::explore::{at_random, interleavings};
use crate::{Code, Error, Result};
use rusqlite::Connection;
use shuttle::rand::{Rng, thread_rng};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a piece of work does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Write,
    /// It writes, and then refuses.
    Refuse,
    /// It writes, and then panics.
    Panic,
    /// What it writes makes the commit fail.
    FailCommit,
    /// It ends the whole transaction, as a full disk does.
    End,
}

/// What was said to a writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Done,
    Refused,
    Panicked,
    Failed,
}

fn writer() -> Writer {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON;
             CREATE TABLE parent (x INTEGER PRIMARY KEY);
             CREATE TABLE t (x INTEGER PRIMARY KEY,
               parent INTEGER REFERENCES parent (x) DEFERRABLE INITIALLY DEFERRED)",
        )
        .unwrap();
    Writer::new(connection)
}

fn insert(connection: &Connection, x: i64, parent: Option<i64>) -> Result<()> {
    connection.prepare_cached("INSERT INTO t VALUES (?1, ?2)")?.execute((x, parent))?;
    Ok(())
}

fn ask(writer: &Writer, x: i64, wish: Wish) -> Said {
    let work = move |connection: &Connection| -> Result<i64> {
        insert(connection, x, (wish == Wish::FailCommit).then_some(x))?;
        match wish {
            Wish::Write | Wish::FailCommit => Ok(x),
            Wish::Refuse => Err(Error::new(Code::InvalidName, "no")),
            Wish::Panic => resume_unwind(Box::new(x)),
            Wish::End => {
                connection.execute_batch("ROLLBACK")?;
                Err(Error::new(Code::NoSpace, "full"))
            }
        }
    };
    match catch_unwind(AssertUnwindSafe(|| writer.write(work))) {
        Ok(Ok(own)) => {
            assert_eq!((own, wish), (x, Wish::Write));
            Said::Done
        }
        Ok(Err(error)) if error.code() == Code::Database => Said::Failed,
        Ok(Err(_)) => Said::Refused,
        Err(own) => {
            assert_eq!((own.downcast_ref(), wish), (Some(&x), Wish::Panic));
            Said::Panicked
        }
    }
}

/// The rows, read without a commit: what only reads is undone, and is no news.
fn rows(writer: &Writer) -> BTreeSet<i64> {
    let found = Arc::new(Mutex::new(BTreeSet::new()));
    let theirs = Arc::clone(&found);
    let undone: Result<()> = writer.write(move |connection| {
        let mut statement = connection.prepare("SELECT x FROM t")?;
        *theirs.lock().unwrap() =
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Err(Error::new(Code::Cancelled, "only read"))
    });
    assert_eq!(undone.unwrap_err().code(), Code::Cancelled);
    std::mem::take(&mut found.lock().unwrap())
}

#[test]
fn rows_are_what_the_writers_were_told() {
    at_random("writers on SQLite", interleavings() / 4, || {
        let mut random = thread_rng();
        let wishes: Vec<Wish> = (0..4)
            .map(|_| match random.gen_range(0..10) {
                0 => Wish::FailCommit,
                1 => Wish::End,
                2 => Wish::Panic,
                3 => Wish::Refuse,
                _ => Wish::Write,
            })
            .collect();
        let writer = Arc::new(writer());
        let told: Vec<_> = (0..4_i64)
            .zip(wishes)
            .map(|(x, wish)| {
                let writer = Arc::clone(&writer);
                (x, wish, shuttle::thread::spawn(move || ask(&writer, x, wish)))
            })
            .collect();
        let told: Vec<_> =
            told.into_iter().map(|(x, wish, thread)| (x, wish, thread.join().unwrap())).collect();
        let done: BTreeSet<i64> =
            told.iter().filter(|(.., said)| *said == Said::Done).map(|(x, ..)| *x).collect();
        assert_eq!(rows(&writer), done, "{told:?}");
        for (x, wish, said) in &told {
            let expected: &[Said] = match wish {
                Wish::Write => &[Said::Done, Said::Failed],
                Wish::FailCommit => &[Said::Failed],
                Wish::Refuse => &[Said::Refused],
                Wish::Panic => &[Said::Panicked],
                Wish::End => &[Said::Refused],
            };
            // Where a batch ended before its turn came, it hears of that.
            let ended = told.iter().any(|(_, other, _)| *other == Wish::End) && *said == Said::Failed;
            assert!(expected.contains(said) || ended, "{x} {wish:?} {said:?}");
        }
        let harmless = told.iter().all(|(_, wish, _)| !matches!(wish, Wish::FailCommit | Wish::End));
        assert!(!harmless || told.iter().all(|(.., said)| *said != Said::Failed), "{told:?}");
    });
}

#[test]
fn who_waits_for_news_finds_every_row() {
    const WRITERS: i64 = 3;
    at_random("writers on SQLite and a listener", interleavings() / 4, || {
        let writer = Arc::new(writer());
        let mut threads: Vec<_> = (0..WRITERS)
            .map(|x| {
                let writer = Arc::clone(&writer);
                shuttle::thread::spawn(move || assert_eq!(ask(&writer, x, Wish::Write), Said::Done))
            })
            .collect();
        threads.push(shuttle::thread::spawn(move || {
            let mut seen = writer.commits().wait(u64::MAX, Duration::ZERO);
            while rows(&writer).len() < WRITERS as usize {
                seen = writer.commits().wait(seen, Duration::MAX);
            }
        }));
        for thread in threads {
            thread.join().unwrap();
        }
    });
}
