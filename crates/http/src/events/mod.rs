//! `GET /events`: changes as they happen, as server-sent events. Whoever was cut off resumes after the last one they heard
//! of, and misses none.

mod stream;

use stream::Since::{After, Lost};

use crate::door::{Face, caller::secret, unreadable};
use crate::native::answer::{Answer, Refused, steady};
use crate::native::request;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::IntoResponse;
use engine::{Code, Error, Result};
use serde::Deserialize;
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Listeners at a time: each holds a connection for as long as it listens.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(256)));

/// The route.
pub fn routes() -> OpenApiRouter<Face> {
    OpenApiRouter::new().routes(routes!(listen))
}

/// Where to begin.
#[derive(Deserialize)]
struct Place {
    after: Option<u64>,
}

/// Hear of changes
///
/// A stream of server-sent events: `id` is the event's, `data` the event as JSON. An admin hears everything, others what
/// concerns the buckets and files that they may see. A comment comes every 15 seconds. It begins now, or after the event
/// that `Last-Event-ID` or `after` names. One that is newer than any there is was heard before this home went back to a
/// backup: then an event of the type `reset` comes first, which means that everything is to be read again, and then what
/// happens from now on. Of a file that is gone for good all but admins hear the ids alone.
#[utoipa::path(
    get, path = "/events", tag = "events", operation_id = "event_stream",
    params(
        ("after" = Option<u64>, Query, description = "The id of the last event that was heard"),
        ("Last-Event-ID" = Option<String>, Header, description = "The same, as browsers send it"),
    ),
    responses((status = 200, description = "Until one of us ends it", content_type = "text/event-stream", body = String), Refused),
    security(("key" = []), ("bearer" = [])),
)]
async fn listen(State(face): State<Face>, uri: Uri, headers: HeaderMap) -> Answer {
    let caller = face.user(&headers, None).await?;
    let named = last_heard(&headers)?.or(request::query::<Place>(&uri)?.after);
    let newest = face.run(|engine| engine.newest_event()).await?;
    let since = match named {
        Some(after) if after <= newest => After(after),
        Some(_) => Lost { newest },
        None => After(newest),
    };
    let Ok(place) = Arc::clone(&PLACES).try_acquire_owned() else {
        let full = "Too many listen to changes already. End one of them, or try again later.";
        return Err(Error::new(Code::RateLimited, full).into());
    };
    let secret = secret(&headers).unwrap_or_default().to_owned();
    let body = stream::of(face, caller, secret, since, place).await?;
    Ok((steady("text/event-stream"), body).into_response())
}

fn last_heard(headers: &HeaderMap) -> Result<Option<u64>> {
    let Some(named) = headers.get("last-event-id") else { return Ok(None) };
    let number = named.to_str().ok().and_then(|id| id.trim().parse().ok());
    number.map(Some).ok_or_else(|| unreadable("Last-Event-ID is no id of an event"))
}
