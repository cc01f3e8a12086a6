//! Webhooks, between the engine's words and the wire's.

use super::same_words;
use crate::wire as w;
use engine::model as m;

same_words! {
    m::WebhookEvent => w::WebhookEvent {
        ObjectCreated, ObjectReplaced, ObjectDeleted, ObjectExpired, DataChanged, BucketDeleted,
    }
    w::WebhookEvent => m::WebhookEvent {
        ObjectCreated, ObjectReplaced, ObjectDeleted, ObjectExpired, DataChanged, BucketDeleted,
    }
}

impl From<m::Webhook> for w::Webhook {
    fn from(webhook: m::Webhook) -> Self {
        Self {
            id: webhook.id,
            bucket: webhook.bucket,
            url: webhook.url,
            events: webhook.events.into_iter().map(Into::into).collect(),
            enabled: webhook.enabled,
            off: webhook.off,
            failing: webhook.failing,
            waiting: webhook.waiting,
            created: webhook.created,
            created_by: webhook.created_by,
        }
    }
}

impl From<m::Delivery> for w::Delivery {
    fn from(delivery: m::Delivery) -> Self {
        let state = match (delivery.due, delivery.delivered) {
            (Some(_), _) => w::DeliveryState::Waiting,
            (None, Some(_)) => w::DeliveryState::Delivered,
            (None, None) => w::DeliveryState::GivenUp,
        };
        Self {
            id: delivery.id,
            webhook: delivery.webhook,
            event: delivery.event.into(),
            body: delivery.body,
            created: delivery.created,
            state,
            attempts: delivery.attempts,
            tried: delivery.tried,
            due: delivery.due,
            status: delivery.status,
            said: delivery.said,
            delivered: delivery.delivered,
        }
    }
}
