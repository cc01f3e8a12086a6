//! Delivering, for the one process of a home that does it: from the outbox into messages, from messages to attempts, and
//! from attempts into the log.

use super::message;
use crate::db::table;
use crate::model::{Delivery, EventKind, Webhook, WebhookEvent, id};
use crate::ops::{Teller, workspace};
use crate::rules::address::Target;
use crate::rules::retry;
use crate::{Engine, Error, Result};
use rusqlite::Connection;
use std::fs::{File, TryLockError};

/// Events that one webhook reads in one go.
const PIECE: u32 = 200;
/// Messages are kept for so long, delivered or not.
const KEPT: i64 = 30 * 24 * 3_600_000;
/// Messages that one commit forgets.
const FORGOTTEN_AT_ONCE: u32 = 5000;
/// Who switches webhooks off.
const NOBODY: &str = "Pail";

/// The right to deliver. One process of a home has it at a time, until it drops it or ends, however that ends.
pub struct Duty {
    engine: Engine,
    _lock: File,
}

/// One message to be sent now. Its secret is for signing only.
pub struct Attempt {
    /// Row number of the webhook; one message goes to it at a time.
    pub webhook: i64,
    /// The header `webhook-id`.
    pub id: String,
    /// Where to.
    pub target: Target,
    /// Whether the settings allow its host by name, wherever that lies.
    pub named: bool,
    /// What it is signed with.
    pub secret: [u8; 32],
    /// What is sent.
    pub body: String,
    /// Unix milliseconds.
    pub now: i64,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// An answer with that status, and the beginning of its body.
    Status(u16, String),
    /// No answer; a sentence on why.
    Nothing(String),
}

impl Engine {
    /// Whether there is a webhook that is on. Costs next to nothing.
    ///
    /// # Errors
    /// `database`.
    pub fn has_webhooks(&self) -> Result<bool> {
        self.read(table::webhook::any)
    }

    /// The right to deliver this home's messages; `None` while another process has it.
    ///
    /// # Errors
    /// `read_only`, `io`.
    pub fn webhook_duty(&self) -> Result<Option<Duty>> {
        let failed = |error| Error::storage(error, "take on the delivery of webhooks");
        let lock = File::create(self.inner.home.webhooks_lock()).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Duty { engine: self.clone(), _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Forgets messages that are too old, and webhooks that have told of their bucket's end.
    pub(crate) fn forget_old_messages(&self) -> Result<()> {
        let then = self.now() - KEPT;
        while self.read(|connection| table::delivery::any_before(connection, then))? {
            self.write(move |connection| {
                table::delivery::forget_before(connection, then, FORGOTTEN_AT_ONCE)
            })?;
        }
        if self.read(table::webhook::any_finished)? {
            self.write(table::webhook::forget_finished)?;
        }
        Ok(())
    }
}

impl Duty {
    /// Makes messages of what happened since the last time, of so much at a time that nobody else waits long for the
    /// database. Whether there was anything to look at: then there may be more.
    ///
    /// # Errors
    /// `database`, `no_space`; then nothing is lost, and the next time makes them.
    pub fn spread(&self) -> Result<bool> {
        if self.engine.read(table::webhook::behind)?.is_empty() {
            return Ok(false);
        }
        let now = self.engine.now();
        self.engine.write(move |connection| {
            for reader in table::webhook::behind(connection)? {
                spread_to(connection, &reader, now)?;
            }
            Ok(true)
        })
    }

    /// The messages whose turn it is, one for each webhook, the one that waits longest first.
    ///
    /// # Errors
    /// `database`.
    pub fn turns(&self) -> Result<Vec<Attempt>> {
        let now = self.engine.now();
        self.engine.read(|connection| {
            let turns = table::delivery::turns(connection, now)?;
            if turns.is_empty() {
                return Ok(Vec::new());
            }
            let hosts = workspace::get(connection)?.webhook_hosts;
            turns
                .into_iter()
                .map(|turn| {
                    let target = Target::parse(&turn.url)?;
                    let named = target.is_named(&hosts);
                    let (webhook, id, secret, body) = (turn.webhook, turn.id, turn.secret, turn.body);
                    Ok(Attempt { webhook, id, target, named, secret, body, now })
                })
                .collect()
        })
    }

    /// Writes into the log what became of an attempt, and when the message is tried again.
    ///
    /// # Errors
    /// `database`, `no_space`; then the message is sent once more.
    pub fn note(&self, delivery: &str, answer: Answer) -> Result<()> {
        let (now, id) = (self.engine.now(), delivery.to_owned());
        let mut chance = [0];
        id::fill(&mut chance);
        self.engine.write(move |connection| {
            // It was taken away meanwhile.
            let Some(mut delivery) = table::delivery::find(connection, &id)? else { return Ok(()) };
            let Some(mut webhook) = table::webhook::find(connection, &delivery.webhook)? else {
                return Ok(());
            };
            delivery.attempts += 1;
            delivery.tried = Some(now);
            let delivered = matches!(answer, Answer::Status(200..=299, _));
            let gone = matches!(answer, Answer::Status(410, _));
            (delivery.status, delivery.said) = match answer {
                Answer::Status(status, body) => (Some(status), Some(body).filter(|body| !body.is_empty())),
                Answer::Nothing(why) => (None, Some(why)),
            };
            if delivered {
                (delivery.due, delivery.delivered) = (None, Some(now));
                table::webhook::set_rest(connection, webhook.seq, None)?;
                webhook.failing = None;
            } else {
                let wait = retry::wait(delivery.attempts, chance[0]).filter(|_| !gone);
                delivery.due = wait.map(|wait| now + wait);
                table::webhook::set_rest(connection, webhook.seq, Some(now + retry::rest(wait)))?;
                let since = *webhook.failing.get_or_insert(now);
                let off = if gone {
                    Some("It answered 410 Gone: it wants no more messages.".to_owned())
                } else {
                    (now - since >= retry::PATIENCE).then(|| given_up(&delivery))
                };
                switch_off(connection, &mut webhook, off, now)?;
            }
            table::delivery::update(connection, &delivery)?;
            table::webhook::update(connection, &webhook)
        })
    }
}

/// The messages of one webhook.
fn spread_to(connection: &Connection, reader: &table::webhook::Reader, now: i64) -> Result<()> {
    let webhook = &reader.webhook;
    let events = table::event::after(connection, reader.read, Some(&webhook.bucket), PIECE)?;
    for event in &events {
        let Some(kind) = WebhookEvent::of(event.kind).filter(|kind| webhook.wants(*kind)) else { continue };
        let delivery = Delivery {
            id: id::new('m', now),
            webhook: webhook.id.clone(),
            event: kind,
            body: message::body(connection, reader, kind, event)?,
            created: now,
            attempts: 0,
            tried: None,
            due: Some(now),
            status: None,
            said: None,
            delivered: None,
        };
        table::delivery::insert(connection, webhook.seq, &delivery)?;
    }
    let read = match events.last() {
        Some(last) => last.id,
        // All that is left is of kinds that only a newer Pail knows. It must not be looked at for ever.
        None => table::event::newest(connection)?,
    };
    table::webhook::set_read(connection, webhook.seq, read)
}

fn given_up(delivery: &Delivery) -> String {
    let days = retry::PATIENCE / (24 * 3_600_000);
    let last = match (delivery.status, &delivery.said) {
        (Some(status), _) => format!("It answered {status}."),
        (None, Some(why)) => why.clone(),
        (None, None) => String::new(),
    };
    format!("Nothing could be delivered for {days} days. The last time: {last}")
}

/// Switches it off, if there is a reason.
fn switch_off(connection: &Connection, webhook: &mut Webhook, off: Option<String>, now: i64) -> Result<()> {
    if off.is_none() || !webhook.enabled {
        return Ok(());
    }
    (webhook.enabled, webhook.off) = (false, off);
    let host = Target::parse(&webhook.url)?.host();
    let teller = Teller { connection, now, by: NOBODY };
    teller.tell(EventKind::WebhookChanged, Some(&webhook.bucket), None, &host, 1)
}
