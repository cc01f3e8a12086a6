//! The writer with real threads; tests/concurrency explores how their turns may fall.

use super::group::Work;
use super::writer::{Writer, commit_all};
use crate::{Code, Error, Result};
use rusqlite::Connection;
use std::sync::Arc;
use std::time::Duration;

fn writer() -> Writer {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE t (x INTEGER UNIQUE)").unwrap();
    Writer::new(connection)
}

fn insert(writer: &Writer, x: i64) -> Result<()> {
    writer.write(move |connection| Ok(connection.execute("INSERT INTO t VALUES (?)", [x]).map(|_| ())?))
}

fn count(writer: &Writer) -> i64 {
    writer
        .write(|connection| Ok(connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0))?))
        .unwrap()
}

#[test]
fn an_error_undoes_only_its_own_changes() {
    let writer = writer();
    insert(&writer, 1).unwrap();
    let refused: Result<()> = writer.write(|connection| {
        connection.execute("INSERT INTO t VALUES (2)", [])?;
        Err(Error::new(Code::InvalidName, "no"))
    });
    assert_eq!(refused.unwrap_err().code(), Code::InvalidName);
    assert_eq!(insert(&writer, 1).unwrap_err().code(), Code::Database);
    insert(&writer, 3).unwrap();
    assert_eq!(count(&writer), 2);
}

#[test]
fn many_writers_are_all_answered_and_share_commits() {
    let writer = Arc::new(writer());
    let threads: Vec<_> = (0..16)
        .map(|thread| {
            let writer = Arc::clone(&writer);
            std::thread::spawn(move || (0..50).for_each(|i| insert(&writer, thread * 50 + i).unwrap()))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(count(&writer), 800);
    assert!(writer.commits().wait(u64::MAX, Duration::ZERO) <= 801);
}

#[test]
fn a_panic_undoes_its_own_changes_and_the_writer_goes_on() {
    let writer = writer();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        writer.write(|connection| -> Result<()> {
            connection.execute("INSERT INTO t VALUES (1)", [])?;
            panic!("in the middle of it")
        })
    }));
    assert_eq!(panicked.unwrap_err().downcast_ref(), Some(&"in the middle of it"));
    insert(&writer, 2).unwrap();
    assert_eq!(count(&writer), 1);
}

/// Inserts its number and then fails, or not.
struct Insert(i64, bool);

impl Work<Connection> for Insert {
    fn run(&mut self, connection: &Connection) -> bool {
        connection.execute("INSERT INTO t VALUES (?)", [self.0]).unwrap();
        self.1
    }

    fn answer(self: Box<Self>, _: std::result::Result<(), &Error>) {}

    fn lead(&self) {}
}

#[test]
fn of_a_batch_stays_what_succeeded_wherever_it_stands() {
    let all = |batch: &[(i64, bool)]| {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (x INTEGER UNIQUE)").unwrap();
        let mut works: Vec<Box<dyn Work<Connection>>> = Vec::new();
        works.extend(batch.iter().map(|(x, stays)| Box::new(Insert(*x, *stays)) as _));
        let changed = commit_all(&connection, &mut works).unwrap();
        assert!(connection.is_autocommit());
        let sum = "SELECT coalesce(sum(x), 0) FROM t";
        (changed, connection.query_row(sum, [], |row| row.get::<_, i64>(0)).unwrap())
    };
    assert_eq!(all(&[(1, true), (2, true), (4, true)]), (true, 7));
    assert_eq!(all(&[(1, false), (2, true), (4, true)]), (true, 6));
    assert_eq!(all(&[(1, false), (2, false), (4, true), (8, false), (16, true)]), (true, 20));
    assert_eq!(all(&[(1, true), (2, false)]), (true, 1));
    assert_eq!(all(&[(1, false), (2, false)]), (false, 0));
}
