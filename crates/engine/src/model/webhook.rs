//! Webhooks: who is told of what happens in a bucket, and the messages that tell it.

use super::EventKind;
use super::access::names;

names! {
    /// What a webhook can be told of; its name is the `type` of the message.
    WebhookEvent {
        /// A file is there that was not: new, or back from the trash.
        ObjectCreated = "object.created",
        /// A file has other content: a new version, or an earlier one again.
        ObjectReplaced = "object.replaced",
        /// A file went to the trash.
        ObjectDeleted = "object.deleted",
        /// A file reached the end that its bucket's tier sets.
        ObjectExpired = "object.expired",
        /// The bucket's document changed.
        DataChanged = "data.changed",
        /// The bucket went to the trash, or was deleted for good at once.
        BucketDeleted = "bucket.deleted",
    }
}

impl WebhookEvent {
    /// What webhooks are told of that kind of change, if anything.
    pub fn of(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::ObjectCreated | EventKind::ObjectRestored => Some(Self::ObjectCreated),
            EventKind::ObjectReplaced | EventKind::ObjectReverted => Some(Self::ObjectReplaced),
            EventKind::ObjectDeleted => Some(Self::ObjectDeleted),
            EventKind::ObjectExpired => Some(Self::ObjectExpired),
            EventKind::DataChanged => Some(Self::DataChanged),
            EventKind::BucketDeleted => Some(Self::BucketDeleted),
            EventKind::BucketCreated
            | EventKind::BucketUpdated
            | EventKind::BucketRestored
            | EventKind::BucketPurged
            | EventKind::ObjectRenamed
            | EventKind::ObjectMoved
            | EventKind::ObjectUpdated
            | EventKind::ObjectPurged
            | EventKind::CheckoutStarted
            | EventKind::CheckoutEnded
            | EventKind::CheckoutRefused
            | EventKind::ContentDamaged
            | EventKind::ContentHealed
            | EventKind::UserChanged
            | EventKind::KeyCreated
            | EventKind::KeyRevoked
            | EventKind::LinkSigned
            | EventKind::LinkRevoked
            | EventKind::WebhookChanged
            | EventKind::WorkspaceUpdated => None,
        }
    }
}

/// An address that is told of what happens in one bucket. Its secret is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Row number.
    pub seq: i64,
    /// `h` and base-36 digits. Never changes.
    pub id: String,
    /// Id of its bucket.
    pub bucket: String,
    /// Where messages go.
    pub url: String,
    /// What it is told of, sorted; empty: everything.
    pub events: Vec<WebhookEvent>,
    /// Off: it is told nothing, and what happens meanwhile it never hears.
    pub enabled: bool,
    /// Why Pail switched it off, if Pail did.
    pub off: Option<String>,
    /// Since when nothing could be delivered, in Unix milliseconds.
    pub failing: Option<i64>,
    /// Messages that are not delivered yet.
    pub waiting: u64,
    /// Unix milliseconds.
    pub created: i64,
    /// Who made it.
    pub created_by: String,
}

impl Webhook {
    /// Whether it is to be told of that.
    pub fn wants(&self, event: WebhookEvent) -> bool {
        self.events.is_empty() || self.events.contains(&event)
    }
}

/// One message to a webhook, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// `m` and base-36 digits: the header `webhook-id`, the same at each attempt.
    pub id: String,
    /// Id of the webhook.
    pub webhook: String,
    /// What it tells of.
    pub event: WebhookEvent,
    /// The JSON document that is sent.
    pub body: String,
    /// Unix milliseconds.
    pub created: i64,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was tried last.
    pub tried: Option<i64>,
    /// When it is tried next; `None` once it is delivered or given up.
    pub due: Option<i64>,
    /// The status of the last answer, if there was one.
    pub status: Option<u16>,
    /// The beginning of the last answer's body, or a sentence on why there was none.
    pub said: Option<String>,
    /// When it was delivered.
    pub delivered: Option<i64>,
}
