//! Webhooks. Their secrets are read by whoever signs with them, and by nobody else.

use crate::Result;
use crate::model::{Webhook, WebhookEvent};
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "h.seq, h.id, h.bucket, h.url, h.events, h.enabled, h.off, h.failing, \
     (SELECT count(*) FROM delivery d WHERE d.webhook = h.seq AND d.due IS NOT NULL), h.created, h.created_by";

fn read(row: &Row<'_>) -> rusqlite::Result<Webhook> {
    Ok(Webhook {
        seq: row.get(0)?,
        id: row.get(1)?,
        bucket: row.get(2)?,
        url: row.get(3)?,
        events: events(&row.get::<_, String>(4)?),
        enabled: row.get(5)?,
        off: row.get(6)?,
        failing: row.get(7)?,
        waiting: row.get(8)?,
        created: row.get(9)?,
        created_by: row.get(10)?,
    })
}

fn events(json: &str) -> Vec<WebhookEvent> {
    let words: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    words.iter().filter_map(|word| WebhookEvent::named(word)).collect()
}

fn json(events: &[WebhookEvent]) -> String {
    serde_json::Value::from(events.iter().map(|event| event.as_str()).collect::<Vec<_>>()).to_string()
}

/// The webhook of that id.
pub fn find(connection: &Connection, id: &str) -> Result<Option<Webhook>> {
    let sql = format!("SELECT {COLUMNS} FROM webhook h WHERE h.id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// The webhooks of a bucket, the oldest first.
pub fn of_bucket(connection: &Connection, bucket: &str) -> Result<Vec<Webhook>> {
    let sql = format!("SELECT {COLUMNS} FROM webhook h WHERE h.bucket = ?1 ORDER BY h.seq");
    Ok(connection.prepare_cached(&sql)?.query_map([bucket], read)?.collect::<rusqlite::Result<_>>()?)
}

/// A new row, which is told of what comes after the event `read`.
pub fn insert(
    connection: &Connection,
    webhook: &Webhook,
    slug: &str,
    secret: &[u8; 32],
    read: u64,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO webhook (id, bucket, slug, url, secret, events, read, created, created_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            webhook.id,
            webhook.bucket,
            slug,
            webhook.url,
            secret.as_slice(),
            json(&webhook.events),
            read,
            webhook.created,
            webhook.created_by
        ])?;
    Ok(())
}

/// Writes what can be changed.
pub fn update(connection: &Connection, webhook: &Webhook) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE webhook SET url = ?2, events = ?3, enabled = ?4, off = ?5, failing = ?6 WHERE seq = ?1",
        )?
        .execute(params![
            webhook.seq,
            webhook.url,
            json(&webhook.events),
            webhook.enabled,
            webhook.off,
            webhook.failing
        ])?;
    Ok(())
}

/// Notes that nothing up to that event is to be told any more.
pub fn set_read(connection: &Connection, seq: i64, read: u64) -> Result<()> {
    connection.prepare_cached("UPDATE webhook SET read = ?2 WHERE seq = ?1")?.execute(params![seq, read])?;
    Ok(())
}

/// Deletes the row with its deliveries.
pub fn delete(connection: &Connection, seq: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM webhook WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// Whether any webhook is on.
pub fn any(connection: &Connection) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM webhook WHERE enabled")?.exists([])?)
}

/// A webhook that is on, and how far it has read.
pub struct Reader {
    pub webhook: Webhook,
    /// The last event that it was told of, or need not be.
    pub read: u64,
    /// Slug of its bucket.
    pub slug: String,
}

/// The webhooks that are on and for which there are events to look at.
pub fn behind(connection: &Connection) -> Result<Vec<Reader>> {
    let sql = format!(
        "SELECT {COLUMNS}, h.read, h.slug FROM webhook h WHERE h.enabled
           AND EXISTS (SELECT 1 FROM event e WHERE e.bucket = h.bucket AND e.id > h.read)"
    );
    let reader = |row: &Row<'_>| Ok(Reader { webhook: read(row)?, read: row.get(11)?, slug: row.get(12)? });
    Ok(connection.prepare_cached(&sql)?.query_map([], reader)?.collect::<rusqlite::Result<_>>()?)
}

/// Nothing goes to it before that time; `None`: it may be told at once.
pub fn set_rest(connection: &Connection, seq: i64, rest: Option<i64>) -> Result<()> {
    connection.prepare_cached("UPDATE webhook SET rest = ?2 WHERE seq = ?1")?.execute(params![seq, rest])?;
    Ok(())
}

/// Webhooks whose bucket is gone and which have nothing to tell any more.
const FINISHED: &str = "FROM webhook AS h WHERE NOT EXISTS (SELECT 1 FROM bucket b WHERE b.id = h.bucket)
    AND (NOT h.enabled
      OR NOT EXISTS (SELECT 1 FROM delivery d WHERE d.webhook = h.seq AND d.due IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.bucket = h.bucket AND e.id > h.read))";

/// Whether there is one.
pub fn any_finished(connection: &Connection) -> Result<bool> {
    Ok(connection.prepare_cached(&format!("SELECT 1 {FINISHED}"))?.exists([])?)
}

/// Deletes them.
pub fn forget_finished(connection: &Connection) -> Result<()> {
    connection.prepare_cached(&format!("DELETE {FINISHED}"))?.execute([])?;
    Ok(())
}
