//! Events on the wire.

use super::{answer, request, words};

words! {
    /// What happened.
    EventKind {
        BucketCreated, BucketUpdated, BucketDeleted, BucketRestored, BucketPurged,
        ObjectCreated, ObjectReplaced, ObjectRenamed, ObjectMoved, ObjectDeleted, ObjectRestored, ObjectPurged, ObjectReverted, ObjectUpdated, ObjectExpired,
        CheckoutStarted, CheckoutEnded, CheckoutRefused,
        ContentDamaged, ContentHealed, DataChanged, WorkspaceUpdated,
        UserChanged, KeyCreated, KeyRevoked, LinkSigned, LinkRevoked, WebhookChanged,
    }
}

answer! {
    /// One change, from the outbox.
    Event {
        /// Rises by time; resume after it.
        id: u64,
        at: i64,
        kind: EventKind,
        bucket: Option<String>,
        object: Option<String>,
        /// The object's key, the bucket's title, or the sentence of a refusal.
        detail: String,
        /// For data: the new revision. For a batch: how many objects changed alike.
        number: u64,
        by: String,
    }
}

request! {
    /// Events after one, oldest first.
    EventListRequest {
        #[serde(default)] #[ts(optional)] after: Option<u64>,
        #[serde(default)] #[ts(optional)] bucket: Option<String>,
        /// At most 1,000; 100 if left out.
        #[serde(default)] #[ts(optional)] limit: Option<u32>,
    }
}
