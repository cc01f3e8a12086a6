//! Messages to webhooks: what is to be sent, and what became of what was sent.

use crate::Result;
use crate::model::{Delivery, WebhookEvent};
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str =
    "d.id, h.id, d.event, d.body, d.created, d.attempts, d.tried, d.due, d.status, d.said, d.delivered";
const FROM: &str = "FROM delivery d JOIN webhook h ON h.seq = d.webhook";

fn read(row: &Row<'_>) -> rusqlite::Result<Option<Delivery>> {
    let Some(event) = WebhookEvent::named(&row.get::<_, String>(2)?) else { return Ok(None) };
    Ok(Some(Delivery {
        id: row.get(0)?,
        webhook: row.get(1)?,
        event,
        body: row.get(3)?,
        created: row.get(4)?,
        attempts: row.get(5)?,
        tried: row.get(6)?,
        due: row.get(7)?,
        status: row.get(8)?,
        said: row.get(9)?,
        delivered: row.get(10)?,
    }))
}

/// The delivery of that id.
pub fn find(connection: &Connection, id: &str) -> Result<Option<Delivery>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE d.id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], read).optional()?.flatten())
}

/// The newest deliveries of a webhook; only those before `before`, if one is named.
pub fn newest(
    connection: &Connection,
    webhook: i64,
    before: Option<&str>,
    limit: u32,
) -> Result<Vec<Delivery>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE d.webhook = ?1
           AND (?2 IS NULL OR d.seq < (SELECT seq FROM delivery WHERE id = ?2))
         ORDER BY d.seq DESC LIMIT ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![webhook, before, limit], read)?;
    Ok(rows.filter_map(rusqlite::Result::transpose).collect::<rusqlite::Result<_>>()?)
}

/// Makes it due at that time, as if it had never been delivered.
pub fn set_due(connection: &Connection, id: &str, due: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE delivery SET due = ?2, delivered = NULL WHERE id = ?1")?
        .execute(params![id, due])?;
    Ok(())
}

/// Makes all that waits for a webhook due.
pub fn hurry(connection: &Connection, webhook: i64, now: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE delivery SET due = ?2 WHERE webhook = ?1 AND due > ?2")?
        .execute(params![webhook, now])?;
    Ok(())
}

/// A new row, due at once.
pub fn insert(connection: &Connection, webhook: i64, delivery: &Delivery) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO delivery (id, webhook, event, body, created, due) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            delivery.id,
            webhook,
            delivery.event.as_str(),
            delivery.body,
            delivery.created,
            delivery.due
        ])?;
    Ok(())
}

/// A message whose turn it is.
pub struct Turn {
    /// Row number of the webhook.
    pub webhook: i64,
    pub url: String,
    pub secret: [u8; 32],
    /// Id of the delivery.
    pub id: String,
    pub body: String,
}

/// For each webhook that is on and does not rest the oldest message that is due; the one that waits longest comes first.
pub fn turns(connection: &Connection, now: i64) -> Result<Vec<Turn>> {
    let mut statement = connection.prepare_cached(
        "SELECT h.seq, h.url, h.secret, d.id, d.body FROM webhook h JOIN delivery d ON d.seq =
           (SELECT n.seq FROM delivery n INDEXED BY delivery_turn
            WHERE n.webhook = h.seq AND n.due IS NOT NULL AND n.due <= ?1 ORDER BY n.seq LIMIT 1)
         WHERE h.enabled AND coalesce(h.rest, 0) <= ?1 ORDER BY d.due, d.seq",
    )?;
    let turn = |row: &Row<'_>| {
        Ok(Turn {
            webhook: row.get(0)?,
            url: row.get(1)?,
            secret: row.get(2)?,
            id: row.get(3)?,
            body: row.get(4)?,
        })
    };
    Ok(statement.query_map([now], turn)?.collect::<rusqlite::Result<_>>()?)
}

/// Writes what became of an attempt.
pub fn update(connection: &Connection, delivery: &Delivery) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE delivery SET attempts = ?2, tried = ?3, due = ?4, status = ?5, said = ?6, delivered = ?7
             WHERE id = ?1",
        )?
        .execute(params![
            delivery.id,
            delivery.attempts,
            delivery.tried,
            delivery.due,
            delivery.status,
            delivery.said,
            delivery.delivered
        ])?;
    Ok(())
}

/// Whether any is older than that.
pub fn any_before(connection: &Connection, then: i64) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM delivery WHERE created < ?1")?.exists([then])?)
}

/// Deletes those that are older, at most so many; how many that were.
pub fn forget_before(connection: &Connection, then: i64, most: u32) -> Result<usize> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM delivery WHERE seq IN (SELECT seq FROM delivery WHERE created < ?1 LIMIT ?2)",
        )?
        .execute(params![then, most])?)
}
