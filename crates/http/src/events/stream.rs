//! The stream of one listener: what there is, then what comes, with a sign of life in between.

use crate::door::Face;
use axum::body::{Body, Bytes};
use engine::{Caller, Result, Subscription, Told};
use futures_util::stream;
use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit};

/// How often a sign of life is sent when nothing happens. The key is looked at again as often.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Where a stream begins.
pub enum Since {
    /// After this event.
    After(u64),
    /// The event that was named is none of this home's. It begins after the newest, and says so.
    Lost { newest: u64 },
}

/// One who listens.
struct Listener {
    face: Face,
    caller: Caller,
    secret: String,
    after: u64,
    /// Whether there may be events that were not looked at.
    news: Arc<Notify>,
    _hears: Subscription,
    _place: OwnedSemaphorePermit,
}

/// The body of an answer that tells of changes.
///
/// # Errors
/// If listening cannot begin.
pub async fn of(
    face: Face,
    caller: Caller,
    secret: String,
    since: Since,
    place: OwnedSemaphorePermit,
) -> Result<Body> {
    let (after, begin) = match since {
        Since::After(after) => (after, ": listening\n\n".to_owned()),
        Since::Lost { newest } => {
            (newest, format!(": listening\n\nevent: reset\nid: {newest}\ndata: {{\"newest\":{newest}}}\n\n"))
        }
    };
    let news = Arc::new(Notify::new());
    let bell = Arc::clone(&news);
    let hears = face.run(move |engine| engine.subscribe(move |_| bell.notify_one())).await?;
    // What happened before the subscription is looked at first.
    news.notify_one();
    let listener = Listener { face, caller, secret, after, news, _hears: hears, _place: place };
    let begun = stream::once(async { Ok::<_, io::Error>(Bytes::from(begin)) });
    let told = stream::unfold(listener, |mut listener| async move {
        listener.next().await.map(|piece| (Ok(piece), listener))
    });
    Ok(Body::from_stream(futures_util::StreamExt::chain(begun, told)))
}

impl Listener {
    /// The next piece; `None` when the caller may hear no more.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if tokio::time::timeout(HEARTBEAT, self.news.notified()).await.is_err() {
                self.recognise().await.ok()?;
                return Some(Bytes::from_static(b": here\n\n"));
            }
            self.recognise().await.ok()?;
            let (caller, after) = (self.caller.clone(), self.after);
            let told = self.face.run(move |engine| engine.events_for(&caller, after)).await.ok()?;
            self.after = told.last;
            if told.more {
                self.news.notify_one();
            }
            if !told.events.is_empty() {
                return Some(written(told));
            }
        }
    }

    /// Looks at the key again: one that was revoked hears no more, and one whose user changed hears as they are now.
    async fn recognise(&mut self) -> Result<()> {
        let secret = self.secret.clone();
        self.caller = self.face.run(move |engine| engine.authenticate(&secret)).await?;
        Ok(())
    }
}

fn written(told: Told) -> Bytes {
    let mut text = String::new();
    for event in told.events {
        let event = api::wire::Event::from(event);
        // JSON in one line: a line feed in a text is escaped there.
        if let Ok(data) = serde_json::to_string(&event) {
            // Writing to a string cannot fail.
            let _ = write!(text, "id: {}\ndata: {data}\n\n", event.id);
        }
    }
    text.into()
}
