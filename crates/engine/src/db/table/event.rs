//! The outbox.

use crate::{
    Result,
    model::{Event, EventKind, Object, Visibility},
};
use rusqlite::{Connection, OptionalExtension, params};

/// Writes an event, with the object that it is of as that is now; its id is given here.
pub fn insert(connection: &Connection, event: &Event, object: Option<&Object>) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO event (at, kind, bucket, object, detail, number, by, uploader, visibility)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            event.at,
            event.kind.as_str(),
            event.bucket,
            event.object,
            event.detail,
            event.number,
            event.by,
            object.map(|object| &object.uploader),
            object.and_then(|object| object.visibility).map(Visibility::as_str),
        ])?;
    Ok(())
}

/// Who brought the object that an event is of, and its own visibility at that time; `None` if that was not kept.
pub fn object_then(connection: &Connection, id: u64) -> Result<Option<(String, Option<Visibility>)>> {
    let sql = "SELECT uploader, visibility FROM event WHERE id = ?1 AND uploader IS NOT NULL";
    let read = |row: &rusqlite::Row<'_>| {
        let visibility: Option<String> = row.get(1)?;
        Ok((row.get(0)?, visibility.map(|name| Visibility::named(&name).unwrap_or(Visibility::Private))))
    };
    Ok(connection.prepare_cached(sql)?.query_row([id], read).optional()?)
}

/// Events after `after`, oldest first. A kind that only a newer Pail knows is passed over.
pub fn after(connection: &Connection, after: u64, bucket: Option<&str>, limit: u32) -> Result<Vec<Event>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, kind, bucket, object, detail, number, by FROM event
         WHERE id > ?1 AND (?2 IS NULL OR bucket = ?2) ORDER BY id LIMIT ?3",
    )?;
    let rows = statement.query_map(params![after, bucket, limit], |row| {
        let kind = EventKind::named(&row.get::<_, String>(2)?);
        Ok(kind.map(|kind| {
            (kind, row.get(0), row.get(1), row.get(3), row.get(4), row.get(5), row.get(6), row.get(7))
        }))
    })?;
    let mut events = Vec::new();
    for row in rows {
        if let Some((kind, id, at, bucket, object, detail, number, by)) = row? {
            events.push(Event {
                id: id?,
                at: at?,
                kind,
                bucket: bucket?,
                object: object?,
                detail: detail?,
                number: number?,
                by: by?,
            });
        }
    }
    Ok(events)
}

/// The id of the newest event, or 0.
pub fn newest(connection: &Connection) -> Result<u64> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(id), 0) FROM event")?
        .query_row([], |row| row.get(0))?)
}
