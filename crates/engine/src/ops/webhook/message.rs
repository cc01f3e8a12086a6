//! The message that tells a webhook of an event: `{type, timestamp, data}`, as the Standard Webhooks have it.

use crate::Result;
use crate::db::table;
use crate::db::table::webhook::Reader;
use crate::model::{Event, ObjectRef, WebhookEvent};
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

/// The body, as it is sent at each attempt. Of a file it says what the event itself decides, not what became of it since:
/// size, type and hash are those of the version that came then.
pub(super) fn body(
    connection: &Connection,
    reader: &Reader,
    kind: WebhookEvent,
    event: &Event,
) -> Result<String> {
    let mut data = Map::new();
    data.insert("event".to_owned(), event.id.into());
    data.insert("bucket".to_owned(), json!({ "id": reader.webhook.bucket, "slug": reader.slug }));
    data.insert("by".to_owned(), event.by.as_str().into());
    if let Some(id) = &event.object {
        data.insert("object".to_owned(), object(connection, kind, event, id)?);
    }
    if kind == WebhookEvent::DataChanged {
        data.insert("revision".to_owned(), event.number.into());
    }
    let timestamp = Timestamp::from_millisecond(event.at).unwrap_or_default();
    Ok(json!({ "type": kind.as_str(), "timestamp": timestamp.to_string(), "data": data }).to_string())
}

fn object(connection: &Connection, kind: WebhookEvent, event: &Event, id: &str) -> Result<Value> {
    let mut facts = Map::new();
    facts.insert("id".to_owned(), id.into());
    facts.insert("key".to_owned(), event.detail.as_str().into());
    if matches!(kind, WebhookEvent::ObjectCreated | WebhookEvent::ObjectReplaced)
        && let Some(version) = version(connection, event, id)?
    {
        facts.insert("version".to_owned(), version.number.into());
        facts.insert("size".to_owned(), version.size.into());
        facts.insert("mediaType".to_owned(), version.media_type.into());
        facts.insert("hash".to_owned(), version.hash.into());
    }
    Ok(facts.into())
}

/// The version that the event brought; `None` if it is gone already.
fn version(connection: &Connection, event: &Event, id: &str) -> Result<Option<crate::model::Version>> {
    use crate::model::EventKind;
    let Some(bucket) = event.bucket.as_deref() else { return Ok(None) };
    let Some(bucket) = table::bucket::find(connection, bucket)? else { return Ok(None) };
    let reference = ObjectRef::Id(id.to_owned());
    let Some(object) = table::object::find(connection, bucket.seq, &reference, true)? else {
        return Ok(None);
    };
    // An object comes back from the trash with the version that it had.
    let number = if event.kind == EventKind::ObjectRestored { object.version } else { event.number };
    table::version::get(connection, object.seq, number)
}
