//! The log of what a webhook was told, and telling it again.

use super::managed_webhook;
use crate::db::table;
use crate::model::Delivery;
use crate::{Caller, Code, Engine, Error, Result};
use rusqlite::Connection;

/// The longest page of the log.
const PAGE: u32 = 1000;

impl Engine {
    /// What a webhook was told and is still to be told, the newest first; only what is before the delivery `before`, if
    /// one is named. At most 1,000.
    ///
    /// # Errors
    /// `webhook_not_found`, `in_trash`, `sign_in_needed`, `forbidden` for whoever may not change the bucket's settings.
    pub fn delivery_list(
        &self,
        caller: &Caller,
        webhook: &str,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        self.read(|connection| {
            let (webhook, _) = managed_webhook(connection, caller, webhook)?;
            table::delivery::newest(connection, webhook.seq, before, limit.clamp(1, PAGE))
        })
    }

    /// Sends a message again, under the same id, as soon as its turn comes; if its webhook is off, when that is on again.
    ///
    /// # Errors
    /// `webhook_not_found` for a delivery that is none, `in_trash`, `sign_in_needed`, `forbidden`.
    pub fn delivery_resend(&self, caller: &Caller, delivery: &str) -> Result<Delivery> {
        let (now, caller, id) = (self.now(), caller.clone(), delivery.to_owned());
        self.write(move |connection| {
            caller.need_sign_in()?;
            let delivery = found(connection, &id)?;
            let (webhook, _) = managed_webhook(connection, &caller, &delivery.webhook)?;
            table::webhook::set_rest(connection, webhook.seq, None)?;
            table::delivery::set_due(connection, &id, now)?;
            found(connection, &id)
        })
    }
}

fn found(connection: &Connection, id: &str) -> Result<Delivery> {
    table::delivery::find(connection, id)?.ok_or_else(|| {
        let message =
            format!("There is no delivery “{id}”. List the deliveries of its webhook to see their ids.");
        Error::new(Code::WebhookNotFound, message).with("delivery", id)
    })
}
