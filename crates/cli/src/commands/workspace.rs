//! `pail workspace …`: the home and its settings.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use api::wire;
use clap::{ArgGroup, Args, Subcommand};
use engine::rules::words;
use std::io;

/// What can be done with the workspace.
#[derive(Subcommand)]
pub enum Verb {
    /// Show the home and its settings
    Show,
    /// Change settings; what is left out stays as it is
    Update(Update),
}

#[derive(Args)]
#[command(override_usage = "pail workspace update [OPTIONS]")]
#[command(group = ArgGroup::new("workspace_change").required(true).multiple(true).args(["slug", "title", "api_deletion", "webhook_hosts", "no_webhook_hosts"]))]
pub struct Update {
    /// The name in addresses of the HTTP APIs
    #[arg(long)]
    slug: Option<String>,
    /// What people call it
    #[arg(long)]
    title: Option<String>,
    /// Whether programs may delete buckets over HTTP
    #[arg(long, value_name = "true|false", action = clap::ArgAction::Set)]
    api_deletion: Option<bool>,
    /// All hosts in private networks that webhooks may call, repeatable
    #[arg(long = "webhook-host", value_name = "HOST", conflicts_with = "no_webhook_hosts")]
    webhook_hosts: Vec<String>,
    /// Webhooks may call no host in a private network
    #[arg(long)]
    no_webhook_hosts: bool,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    let workspace: wire::Workspace = match verb {
        Verb::Show => session.call("workspace_show", wire::Nothing {})?,
        Verb::Update(update) => session.call("workspace_update", request(update))?,
    };
    session.show(&workspace, facts)
}

fn request(update: Update) -> wire::WorkspaceUpdateRequest {
    let hosts = update.no_webhook_hosts || !update.webhook_hosts.is_empty();
    wire::WorkspaceUpdateRequest {
        title: update.title,
        limits: None,
        theme: None,
        slug: update.slug,
        api_deletion: update.api_deletion,
        webhook_hosts: hosts.then_some(update.webhook_hosts),
    }
}

fn facts(workspace: &wire::Workspace) -> io::Result<()> {
    let deletion = if workspace.api_deletion { "allowed" } else { "not allowed" };
    output::line(&workspace.title)?;
    for (name, value) in [
        ("id", workspace.id.as_str()),
        ("slug", &workspace.slug),
        ("home", &workspace.home),
        ("owner", &workspace.owner),
        ("links", workspace.server.as_deref().unwrap_or("not served now")),
        ("deleting over HTTP", deletion),
        ("webhook hosts", &workspace.webhook_hosts.join(", ")),
        ("free", &words::size(workspace.free_bytes)),
        ("version", &workspace.version),
    ] {
        if !value.is_empty() {
            output::line(&format!("  {name:<18}  {value}"))?;
        }
    }
    Ok(())
}
