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
