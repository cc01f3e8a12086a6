//! `pail webhook …`: programs elsewhere that are told of what happens in a bucket.

use crate::choices::{WebhookEvent, word};
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::when;
use api::wire;
use clap::{ArgGroup, Args, Subcommand};

/// What can be done with webhooks. Messages go out while `pail serve` or the window runs. A bucket is named by id or slug.
#[derive(Subcommand)]
pub enum Verb {
    /// Make a webhook and print its secret, and nothing else; it is shown this once
    Create(Create),
    /// List the webhooks of a bucket
    List {
        /// Id or slug
        bucket: String,
    },
    /// Change a webhook; what is left out stays as it is
    Update(Update),
    /// Delete a webhook with its log and what it was still to be told
    Delete {
        /// Id, as it is listed
        webhook: String,
    },
    /// Show what a webhook was told, the newest first
    Log {
        /// Id, as it is listed
        webhook: String,
        /// Most lines
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
    /// Send a message again
    Resend {
        /// Id, as the log shows it
        delivery: String,
    },
}

#[derive(Args)]
pub struct Create {
    /// Id or slug
    bucket: String,
    /// Where messages go: http or https
    url: String,
    /// What it is told of, repeatable [default: everything]
    #[arg(long = "event", value_name = "EVENT", value_enum)]
    events: Vec<WebhookEvent>,
}

#[derive(Args)]
#[command(override_usage = "pail webhook update <WEBHOOK> [OPTIONS]")]
#[command(group = ArgGroup::new("webhook_change").required(true).multiple(true).args(["url", "events", "all_events", "enable", "disable"]))]
pub struct Update {
    /// Id, as it is listed
    webhook: String,
    /// Where messages go
    #[arg(long)]
    url: Option<String>,
    /// What it is told of and nothing else, repeatable
    #[arg(long = "event", value_name = "EVENT", value_enum)]
    events: Vec<WebhookEvent>,
    /// It is told of everything
    #[arg(long, conflicts_with = "events")]
    all_events: bool,
    /// Switch it on: what waits goes out at once
    #[arg(long)]
    enable: bool,
    /// Switch it off: what happens meanwhile it never hears
    #[arg(long, conflicts_with = "enable")]
    disable: bool,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Create(create) => make(session, create),
        Verb::List { bucket } => show_all(session, bucket),
        Verb::Update(update) => change(session, update),
        Verb::Delete { webhook } => {
            let done: wire::Nothing = session.call("webhook_delete", wire::WebhookRequest { webhook })?;
            session.show(&done, |_| output::line("The webhook is deleted"))
        }
        Verb::Log { webhook, limit } => log(session, webhook, limit),
        Verb::Resend { delivery } => {
            let again: wire::Delivery =
                session.call("delivery_resend", wire::DeliveryRequest { delivery })?;
            session.show(&again, |again| output::line(&format!("{} goes out again", again.id)))
        }
    }
}

fn make(session: &Session, create: Create) -> Result<(), Failure> {
    let events = create.events.into_iter().map(Into::into).collect();
    let request = wire::WebhookCreateRequest { bucket: create.bucket, url: create.url, events };
    let made: wire::WebhookMade = session.call("webhook_create", request)?;
    session.show(&made, |made| output::line(&made.secret))?;
    if !session.json {
        output::aside(&format!("This is the secret of {}. Keep it: it is shown this once.", made.webhook.id));
    }
    Ok(())
}

fn change(session: &Session, update: Update) -> Result<(), Failure> {
    let events: Vec<_> = update.events.into_iter().map(Into::into).collect();
    let request = wire::WebhookUpdateRequest {
        webhook: update.webhook,
        url: update.url,
        events: (update.all_events || !events.is_empty()).then_some(events),
        enabled: match (update.enable, update.disable) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
    };
    let changed: wire::Webhook = session.call("webhook_update", request)?;
    session.show(&changed, |webhook| table(std::slice::from_ref(webhook)))
}

fn show_all(session: &Session, bucket: String) -> Result<(), Failure> {
    let webhooks: Vec<wire::Webhook> = session.call("webhook_list", wire::BucketRequest { bucket })?;
    session.show(&webhooks, |webhooks| table(webhooks))?;
    if !session.json {
        for webhook in &webhooks {
            if let Some(why) = &webhook.off {
                output::aside(&format!("{} was switched off. {why}", webhook.id));
            }
        }
    }
    Ok(())
}

fn table(webhooks: &[wire::Webhook]) -> std::io::Result<()> {
    let mut table = Table::new(&["Id", "State", "Waiting", "Told of", "Address"], &[2]);
    for webhook in webhooks {
        let state = match (webhook.enabled, webhook.failing) {
            (false, _) => "off".to_owned(),
            (true, Some(since)) => format!("failing since {}", when::minute(since)),
            (true, None) => "on".to_owned(),
        };
        let events: Vec<String> = webhook.events.iter().map(word).collect();
        let events = if events.is_empty() { "everything".to_owned() } else { events.join(", ") };
        table.row([webhook.id.clone(), state, webhook.waiting.to_string(), events, webhook.url.clone()]);
    }
    table.print()
}

fn log(session: &Session, webhook: String, limit: u32) -> Result<(), Failure> {
    let request = wire::DeliveryListRequest { webhook, before: None, limit: Some(limit) };
    let deliveries: Vec<wire::Delivery> = session.call("delivery_list", request)?;
    session.show(&deliveries, |deliveries| {
        let mut table = Table::new(&["Id", "Event", "Made", "State", "Tries", "Last answer"], &[4]);
        for delivery in deliveries {
            let state = match (delivery.state, delivery.due) {
                (wire::DeliveryState::Delivered, _) => "delivered".to_owned(),
                (wire::DeliveryState::GivenUp, _) => "given up".to_owned(),
                (wire::DeliveryState::Waiting, due) => {
                    format!("due {}", due.map_or_else(String::new, when::minute))
                }
            };
            table.row([
                delivery.id.clone(),
                word(&delivery.event),
                when::minute(delivery.created),
                state,
                delivery.attempts.to_string(),
                answer(delivery),
            ]);
        }
        table.print()
    })
}

/// Status and the first line of what was said.
fn answer(delivery: &wire::Delivery) -> String {
    let said = delivery.said.as_deref().and_then(|said| said.lines().next()).unwrap_or_default();
    match delivery.status {
        Some(status) => format!("{status} {said}").trim_end().to_owned(),
        None => said.to_owned(),
    }
}
