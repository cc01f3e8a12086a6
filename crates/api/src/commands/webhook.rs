//! Webhook commands.

use crate::wire::*;
use engine::{Caller, Engine, Result, WebhookChanges};

/// Deliveries of a page that names no limit.
const PAGE: u32 = 100;

pub(super) fn webhook_list(engine: &Engine, caller: &Caller, request: BucketRequest) -> Result<Vec<Webhook>> {
    Ok(engine.webhook_list(caller, &request.bucket)?.into_iter().map(Into::into).collect())
}

pub(super) fn webhook_create(
    engine: &Engine,
    caller: &Caller,
    request: WebhookCreateRequest,
) -> Result<WebhookMade> {
    let events = request.events.into_iter().map(Into::into).collect();
    let (webhook, secret) = engine.webhook_create(caller, &request.bucket, &request.url, events)?;
    Ok(WebhookMade { webhook: webhook.into(), secret })
}

pub(super) fn webhook_update(
    engine: &Engine,
    caller: &Caller,
    request: WebhookUpdateRequest,
) -> Result<Webhook> {
    let changes = WebhookChanges {
        url: request.url,
        events: request.events.map(|events| events.into_iter().map(Into::into).collect()),
        enabled: request.enabled,
    };
    Ok(engine.webhook_update(caller, &request.webhook, changes)?.into())
}

pub(super) fn webhook_delete(engine: &Engine, caller: &Caller, request: WebhookRequest) -> Result<Nothing> {
    engine.webhook_delete(caller, &request.webhook)?;
    Ok(Nothing {})
}

pub(super) fn delivery_list(
    engine: &Engine,
    caller: &Caller,
    request: DeliveryListRequest,
) -> Result<Vec<Delivery>> {
    let limit = request.limit.unwrap_or(PAGE);
    let deliveries = engine.delivery_list(caller, &request.webhook, request.before.as_deref(), limit)?;
    Ok(deliveries.into_iter().map(Into::into).collect())
}

pub(super) fn delivery_resend(
    engine: &Engine,
    caller: &Caller,
    request: DeliveryRequest,
) -> Result<Delivery> {
    Ok(engine.delivery_resend(caller, &request.delivery)?.into())
}
