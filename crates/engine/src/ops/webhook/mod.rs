//! Webhooks: made, listed, changed, taken away. They tell programs elsewhere of what happens in a bucket, in the form of
//! the Standard Webhooks.

mod delivery;
mod duty;
mod message;

pub use duty::{Answer, Attempt, Duty};

use super::{Teller, access, live_bucket};
use crate::db::table;
use crate::model::{Bucket, EventKind, Privilege, Webhook, WebhookEvent, id};
use crate::rules::address::{self, Target};
use crate::{Caller, Code, Engine, Error, Result};
use base64::Engine as _;
use rusqlite::Connection;

/// The most webhooks of a bucket.
const MOST: usize = 20;

/// Changes of a webhook; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct WebhookChanges {
    /// Where messages go.
    pub url: Option<String>,
    /// What it is told of; empty: everything.
    pub events: Option<Vec<WebhookEvent>>,
    /// Whether it is told anything.
    pub enabled: Option<bool>,
}

impl Engine {
    /// Makes a webhook that is told of what happens in the bucket from now on: of `events`, or of everything if that is
    /// empty. Answers it with its secret, which is shown here once: `whsec_` and 256 random bits in base64.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`; `sign_in_needed`, `forbidden` for whoever may not change the bucket's settings;
    /// `invalid_address` for an address that nothing may be sent to, `invalid_limit` for one webhook too many.
    pub fn webhook_create(
        &self,
        caller: &Caller,
        bucket: &str,
        url: &str,
        events: Vec<WebhookEvent>,
    ) -> Result<(Webhook, String)> {
        let (now, caller, reference, url) = (self.now(), caller.clone(), bucket.to_owned(), url.to_owned());
        let mut secret = [0_u8; 32];
        id::fill(&mut secret);
        let webhook = self.write(move |connection| {
            let bucket = managed(connection, &caller, &reference)?;
            if table::webhook::of_bucket(connection, &bucket.id)?.len() >= MOST {
                return Err(Error::refusal(
                    Code::InvalidLimit,
                    format!("“{}” has {MOST} webhooks already", bucket.title),
                    "Delete one that is not needed any more.",
                ));
            }
            let target = checked(connection, &url)?;
            let webhook = Webhook {
                seq: 0,
                id: id::new('h', now),
                bucket: bucket.id.clone(),
                url: target.url().to_owned(),
                events: sorted(events),
                enabled: true,
                off: None,
                failing: None,
                waiting: 0,
                created: now,
                created_by: caller.name().to_owned(),
            };
            tell(connection, &caller, now, &bucket, &target)?;
            let read = table::event::newest(connection)?;
            table::webhook::insert(connection, &webhook, &bucket.slug, &secret, read)?;
            found(connection, &webhook.id)
        })?;
        Ok((webhook, format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(secret))))
    }

    /// The webhooks of a bucket, the oldest first.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `sign_in_needed`, `forbidden` for whoever may not change the bucket's settings.
    pub fn webhook_list(&self, caller: &Caller, bucket: &str) -> Result<Vec<Webhook>> {
        self.read(|connection| {
            let bucket = managed(connection, caller, bucket)?;
            table::webhook::of_bucket(connection, &bucket.id)
        })
    }

    /// Changes a webhook. Switched on again, it is told of what happens from then on, and what was waiting for it is tried
    /// at once.
    ///
    /// # Errors
    /// `webhook_not_found`, `in_trash`, `sign_in_needed`, `forbidden`, `invalid_address`; then nothing is changed.
    pub fn webhook_update(&self, caller: &Caller, webhook: &str, changes: WebhookChanges) -> Result<Webhook> {
        let (now, caller, id) = (self.now(), caller.clone(), webhook.to_owned());
        self.write(move |connection| {
            let (mut webhook, bucket) = managed_webhook(connection, &caller, &id)?;
            if let Some(url) = &changes.url {
                checked(connection, url)?.url().clone_into(&mut webhook.url);
            }
            webhook.events = changes.events.map_or(webhook.events, sorted);
            let target = Target::parse(&webhook.url)?;
            tell(connection, &caller, now, &bucket, &target)?;
            if let Some(enabled) = changes.enabled {
                if enabled && !webhook.enabled {
                    (webhook.off, webhook.failing) = (None, None);
                    table::webhook::set_read(connection, webhook.seq, table::event::newest(connection)?)?;
                    table::webhook::set_rest(connection, webhook.seq, None)?;
                    table::delivery::hurry(connection, webhook.seq, now)?;
                }
                webhook.enabled = enabled;
            }
            table::webhook::update(connection, &webhook)?;
            found(connection, &webhook.id)
        })
    }

    /// Takes a webhook away, with what it was still to be told and the log of what it was told.
    ///
    /// # Errors
    /// `webhook_not_found`, `in_trash`, `sign_in_needed`, `forbidden`.
    pub fn webhook_delete(&self, caller: &Caller, webhook: &str) -> Result<()> {
        let (now, caller, id) = (self.now(), caller.clone(), webhook.to_owned());
        self.write(move |connection| {
            let (webhook, bucket) = managed_webhook(connection, &caller, &id)?;
            tell(connection, &caller, now, &bucket, &Target::parse(&webhook.url)?)?;
            table::webhook::delete(connection, webhook.seq)
        })
    }
}

/// The bucket, for whoever may change its settings: that is who may have its webhooks, and see where they go.
fn managed(connection: &Connection, caller: &Caller, reference: &str) -> Result<Bucket> {
    let bucket = live_bucket(connection, reference)?;
    access::may_manage(caller, &bucket, Privilege::EditBuckets)?;
    Ok(bucket)
}

/// A webhook with its bucket, in the same way.
fn managed_webhook(connection: &Connection, caller: &Caller, id: &str) -> Result<(Webhook, Bucket)> {
    caller.need_sign_in()?;
    let webhook = found(connection, id)?;
    let bucket = managed(connection, caller, &webhook.bucket).map_err(|error| match error.code() {
        Code::BucketNotFound => not_found(id),
        _ => error,
    })?;
    Ok((webhook, bucket))
}

fn found(connection: &Connection, id: &str) -> Result<Webhook> {
    table::webhook::find(connection, id)?.ok_or_else(|| not_found(id))
}

fn not_found(id: &str) -> Error {
    Error::new(
        Code::WebhookNotFound,
        format!("There is no webhook “{id}”. List the webhooks of its bucket to see their ids."),
    )
    .with("webhook", id)
}

fn checked(connection: &Connection, url: &str) -> Result<Target> {
    let target = Target::parse(url)?;
    let workspace = super::workspace::get(connection)?;
    address::check_literal(&target, &workspace.webhook_hosts)?;
    Ok(target)
}

fn sorted(mut events: Vec<WebhookEvent>) -> Vec<WebhookEvent> {
    events.sort_unstable();
    events.dedup();
    events
}

/// Addresses may hold secrets behind their host, so only that is told.
fn tell(connection: &Connection, caller: &Caller, now: i64, bucket: &Bucket, target: &Target) -> Result<()> {
    let teller = Teller { connection, now, by: caller.name() };
    teller.tell(EventKind::WebhookChanged, Some(&bucket.id), None, &target.host(), 1)
}
