//! Webhooks on the wire.

use super::{answer, request, words};

words! {
    /// What a webhook can be told of: the `type` of its messages.
    WebhookEvent {
        /// A file is there that was not: new, or back from the trash.
        #[serde(rename = "object.created")] ObjectCreated,
        /// A file has other content.
        #[serde(rename = "object.replaced")] ObjectReplaced,
        /// A file went to the trash.
        #[serde(rename = "object.deleted")] ObjectDeleted,
        /// A file reached the end that its bucket's tier sets.
        #[serde(rename = "object.expired")] ObjectExpired,
        /// The bucket's document changed.
        #[serde(rename = "data.changed")] DataChanged,
        /// The bucket went to the trash.
        #[serde(rename = "bucket.deleted")] BucketDeleted,
    }
    /// How far a message is.
    DeliveryState {
        /// It is tried at `due`, unless its webhook is off.
        Waiting,
        Delivered,
        /// It was tried for days and given up.
        GivenUp,
    }
}

answer! {
    /// An address that is told of what happens in a bucket, without its secret.
    Webhook {
        id: String,
        /// Bucket id.
        bucket: String,
        url: String,
        /// What it is told of; empty: everything.
        events: Vec<WebhookEvent>,
        enabled: bool,
        /// Why Pail switched it off, if Pail did.
        off: Option<String>,
        /// Since when nothing could be delivered.
        failing: Option<i64>,
        /// Messages that are not delivered yet.
        waiting: u64,
        created: i64,
        created_by: String,
    }
    /// A webhook that was just made, with its secret (`whsec_…`): it is shown this once.
    WebhookMade { webhook: Webhook, secret: String }
    /// One message to a webhook, and what became of it.
    Delivery {
        /// The header `webhook-id`, the same at each attempt.
        id: String,
        webhook: String,
        event: WebhookEvent,
        /// The JSON document that is sent.
        body: String,
        created: i64,
        state: DeliveryState,
        attempts: u32,
        /// When it was tried last.
        tried: Option<i64>,
        /// When it is tried next.
        due: Option<i64>,
        /// The HTTP status of the last answer, if there was one.
        status: Option<u16>,
        /// The beginning of the last answer's body, or a sentence on why there was none.
        said: Option<String>,
        delivered: Option<i64>,
    }
}

request! {
    /// Make a webhook.
    WebhookCreateRequest {
        bucket: String,
        /// http or https.
        url: String,
        /// What it is told of; everything, if left out.
        #[serde(default)] #[ts(optional, as = "Option<Vec<WebhookEvent>>")] events: Vec<WebhookEvent>,
    }
    /// Change a webhook; what is left out stays as it is.
    WebhookUpdateRequest {
        webhook: String,
        #[serde(default)] #[ts(optional)] url: Option<String>,
        #[serde(default)] #[ts(optional)] events: Option<Vec<WebhookEvent>>,
        #[serde(default)] #[ts(optional)] enabled: Option<bool>,
    }
    /// One webhook.
    WebhookRequest { webhook: String }
    /// What a webhook was told, the newest first.
    DeliveryListRequest {
        webhook: String,
        /// Only what is before this delivery.
        #[serde(default)] #[ts(optional)] before: Option<String>,
        /// At most 1,000; 100 if left out.
        #[serde(default)] #[ts(optional)] limit: Option<u32>,
    }
    /// One delivery.
    DeliveryRequest { delivery: String }
}
