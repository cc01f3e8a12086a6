//! Opening: pragmas, the version check of SQLite itself, migrations.

use crate::clock::Clock;
use crate::{Code, Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Older SQLite can lose a commit in WAL mode when a checkpoint meets a writer.
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a connection waits for another process on the same home.
const PATIENCE: Duration = Duration::from_secs(30);

/// From one look whether it is done to the next.
const TURN: Duration = Duration::from_millis(1);

/// Migrations are added, never edited. The database's `user_version` counts those that ran.
const MIGRATIONS: [&str; 8] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_access.sql"),
    include_str!("migrations/0003_orders.sql"),
    include_str!("migrations/0004_webhooks.sql"),
    include_str!("migrations/0005_webhook_turns.sql"),
    include_str!("migrations/0006_link_nonces.sql"),
    include_str!("migrations/0007_gone_buckets.sql"),
    include_str!("migrations/0008_who_may_hear.sql"),
];

/// The schema that this program reads and writes.
pub const SCHEMA_VERSION: usize = MIGRATIONS.len();

/// Waits for another process's commit, after so many waits before; whether to try again. SQLite's own waits grow to a
/// tenth of a second, and who waits so long between two looks finds the lock taken for seconds where others commit all
/// the time.
fn wait_a_turn(waits: i32) -> bool {
    std::thread::sleep(TURN);
    u128::try_from(waits).is_ok_and(|waits| waits * TURN.as_nanos() < PATIENCE.as_nanos())
}

/// The writing connection, with the schema up to date.
pub fn writer(path: &Path) -> Result<Connection> {
    check_sqlite(rusqlite::version_number())?;
    let mut connection = Connection::open(path)?;
    connection.busy_handler(Some(wait_a_turn))?;
    refuse_newer(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    common(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// A reading connection.
pub fn reader(path: &Path) -> Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_handler(Some(wait_a_turn))?;
    connection.pragma_update(None, "query_only", true)?;
    common(&connection)?;
    Ok(connection)
}

fn common(connection: &Connection) -> Result<()> {
    // Plans do not look at bound values. If they may, a kept statement is planned anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Gives statements the house's clock as `pail_now()`, in Unix milliseconds.
pub fn tell_time(connection: &Connection, clock: &Arc<dyn Clock>) -> Result<()> {
    let clock = Arc::clone(clock);
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    Ok(connection.create_scalar_function("pail_now", 0, flags, move |_| Ok(clock.now()))?)
}

fn check_sqlite(version: i32) -> Result<()> {
    if version >= OLDEST_SQLITE {
        return Ok(());
    }
    Err(Error::new(
        Code::Internal,
        format!(
            "This Pail was built with SQLite {version}, which can lose commits. Build it with 3.51.3 or newer."
        ),
    ))
}

fn schema(connection: &Connection) -> Result<usize> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Looks before anything is written, so that a newer home stays as it was.
fn refuse_newer(connection: &Connection) -> Result<()> {
    let found = schema(connection)?;
    if found <= SCHEMA_VERSION {
        return Ok(());
    }
    Err(Error::new(
        Code::HomeTooNew,
        format!(
            "A newer Pail wrote this home (schema {found}, this Pail knows {SCHEMA_VERSION}). Update Pail or choose \
             another home with --home. Nothing was changed."
        ),
    )
    .with("schema", found))
}

/// Each migration and its number commit together; two processes that start at once do it once.
fn migrate(connection: &mut Connection) -> Result<()> {
    while schema(connection)? < SCHEMA_VERSION {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let done = schema(&transaction)?;
        if let Some(migration) = MIGRATIONS.get(done) {
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", done + 1)?;
        }
        transaction.commit()?;
    }
    refuse_newer(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_that_loses_commits_is_refused() {
        assert!(check_sqlite(3_051_002).is_err());
        assert!(check_sqlite(3_051_003).is_ok());
        assert!(check_sqlite(rusqlite::version_number()).is_ok());
    }

    #[test]
    fn a_newer_home_is_refused_and_left_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pail.db");
        let newer = Connection::open(&path).unwrap();
        newer.execute_batch("CREATE TABLE future (x); PRAGMA user_version = 4711;").unwrap();
        drop(newer);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(writer(&path).unwrap_err().code(), Code::HomeTooNew);
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn opening_twice_migrates_once_and_the_writer_is_durable() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pail.db");
        let first = writer(&path).unwrap();
        let second = writer(&path).unwrap();
        let pragma = |name: &str| second.pragma_query_value(None, name, |row| row.get::<_, String>(0));
        assert_eq!(pragma("journal_mode").unwrap(), "wal");
        let full: i32 = first.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
        assert_eq!(full, 2);
        assert_eq!(schema(&second).unwrap(), SCHEMA_VERSION);
    }

    #[test]
    fn a_bucket_that_went_before_its_last_event_was_kept_is_still_known_up_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pail.db");
        let earlier = Connection::open(&path).unwrap();
        earlier.execute_batch(&MIGRATIONS[..7].concat()).unwrap();
        earlier
            .execute_batch(
                "INSERT INTO event (at, kind, bucket, detail, number, by) VALUES
                   (1, 'bucket_created', 'b1', '', 1, ''), (2, 'bucket_purged', 'b1', '', 1, ''),
                   (3, 'bucket_created', 'b1', '', 1, '');
                 INSERT INTO gone_bucket VALUES ('b1', 5, 1, 'ada', 'private', NULL);
                 PRAGMA user_version = 7;",
            )
            .unwrap();
        drop(earlier);
        let now = writer(&path).unwrap();
        let gone = crate::db::table::bucket::gone(&now, "b1").unwrap();
        assert_eq!(
            gone.iter().map(|gone| (gone.last, gone.owner.as_str())).collect::<Vec<_>>(),
            [(2, "ada")]
        );
        assert_eq!(crate::db::table::bucket::place(&now, "b1").unwrap(), Some((1, 5)));
    }

    #[test]
    fn a_kept_statement_is_planned_once() {
        let dir = tempfile::tempdir().unwrap();
        let connection = writer(&dir.path().join("pail.db")).unwrap();
        let sql = "SELECT 1 FROM object o JOIN version v ON v.object = o.seq AND v.number = o.version
                   WHERE o.bucket = ?1 AND o.folder = ?2 AND o.name = ?3 AND o.deleted IS NULL";
        let mut statement = connection.prepare(sql).unwrap();
        for number in 0..3 {
            // What the cache of statements does between two uses.
            statement.clear_bindings();
            assert!(!statement.exists((number, "", "name")).unwrap());
        }
        assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
    }

    #[test]
    fn a_write_waits_for_the_commit_of_another_and_not_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pail.db");
        let (first, second) = (writer(&path).unwrap(), writer(&path).unwrap());
        first.execute_batch("BEGIN IMMEDIATE").unwrap();
        let (begun, waits) = std::sync::mpsc::channel();
        let waiting = std::thread::spawn(move || {
            begun.send(()).unwrap();
            second.execute_batch("BEGIN IMMEDIATE; COMMIT")
        });
        waits.recv().unwrap();
        assert!(wait_a_turn(0), "it is not tried again");
        assert!(!waiting.is_finished(), "it did not wait");
        first.execute_batch("COMMIT").unwrap();
        waiting.join().unwrap().unwrap();
        assert!(!wait_a_turn(30_000));
    }
}
