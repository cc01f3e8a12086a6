//! The workspace: founded at the first start, shown, changed.

mod server;

use super::Teller;
use crate::db::table;
use crate::model::{EventKind, Theme, UploadSettings, Workspace, id};
use crate::{Caller, Code, Engine, Error, Result, rules};
use rusqlite::Connection;

/// Changes of settings; `None` leaves a setting as it is.
#[derive(Debug, Clone, Default)]
pub struct WorkspaceChanges {
    /// What people call it.
    pub title: Option<String>,
    /// Limits for every bucket.
    pub limits: Option<UploadSettings>,
    /// Colours of the window.
    pub theme: Option<Theme>,
    /// Its address in one of the dialects: lower-case letters, digits and `-`.
    pub slug: Option<String>,
    /// Whether programs may delete buckets over HTTP (B4).
    pub api_deletion: Option<bool>,
    /// Hosts in private networks that webhooks may call, all of them.
    pub webhook_hosts: Option<Vec<String>>,
}

pub(crate) fn get(connection: &Connection) -> Result<Workspace> {
    table::workspace::get(connection)?.ok_or_else(|| {
        Error::new(Code::Database, "The home holds no workspace. Choose another home with --home.")
    })
}

impl Engine {
    /// Founds the workspace at the first start; the system's user becomes its owner.
    pub(crate) fn found(&self) -> Result<()> {
        if self.read(table::workspace::get)?.is_some() {
            return Ok(());
        }
        let now = self.now();
        self.write(move |connection| {
            if table::workspace::get(connection)?.is_some() {
                return Ok(());
            }
            let workspace = Workspace {
                id: id::new('w', now),
                slug: "pail".to_owned(),
                title: "Pail".to_owned(),
                owner: Caller::window().name().to_owned(),
                limits: UploadSettings::default(),
                theme: Theme::default(),
                api_deletion: true,
                webhook_hosts: Vec::new(),
                server: None,
            };
            table::workspace::found(connection, &workspace, &id::new('u', now), now)
        })
    }

    /// The workspace with its settings.
    ///
    /// # Errors
    /// `database`.
    pub fn workspace(&self) -> Result<Workspace> {
        self.read(get).map(|workspace| self.with_living_server(workspace))
    }

    /// Free bytes where the files lie, if the system tells.
    pub fn free_bytes(&self) -> Option<u64> {
        self.inner.blobs.free()
    }

    /// Changes settings.
    ///
    /// # Errors
    /// `forbidden` for all but admins; `invalid_title`, `invalid_slug`, `invalid_limit`, `invalid_type`,
    /// `invalid_address` for a host that is none; then nothing is changed.
    pub fn workspace_update(&self, caller: &Caller, changes: WorkspaceChanges) -> Result<Workspace> {
        caller.need_admin()?;
        let (now, by) = (self.now(), caller.name().to_owned());
        let title = changes.title.map(|title| super::bucket::check_title(&title)).transpose()?;
        if let Some(limits) = &changes.limits {
            check(limits)?;
        }
        if let Some(slug) = changes.slug.as_deref().filter(|slug| rules::slug::slug(slug) != **slug) {
            return Err(Error::refusal(
                Code::InvalidSlug,
                format!("“{slug}” cannot be an address"),
                "Use lower-case letters, digits and -.",
            ));
        }
        let webhook_hosts = changes.webhook_hosts.as_deref().map(hosts).transpose()?;
        let updated = self.write(move |connection| {
            let mut workspace = get(connection)?;
            workspace.title = title.unwrap_or(workspace.title);
            workspace.limits = changes.limits.unwrap_or(workspace.limits);
            workspace.theme = changes.theme.unwrap_or(workspace.theme);
            workspace.slug = changes.slug.unwrap_or(workspace.slug);
            workspace.api_deletion = changes.api_deletion.unwrap_or(workspace.api_deletion);
            workspace.webhook_hosts = webhook_hosts.unwrap_or(workspace.webhook_hosts);
            table::workspace::update(connection, &workspace)?;
            Teller { connection, now, by: &by }.tell(
                EventKind::WorkspaceUpdated,
                None,
                None,
                &workspace.title,
                1,
            )?;
            Ok(workspace)
        });
        updated.map(|workspace| self.with_living_server(workspace))
    }
}

/// The hosts in their normal form, each once, in the order in which they were named.
fn hosts(named: &[String]) -> Result<Vec<String>> {
    let mut hosts = Vec::new();
    for host in named {
        let host = rules::address::host(host)?;
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    Ok(hosts)
}

fn check(limits: &UploadSettings) -> Result<()> {
    rules::types::check_accept(&limits.accepted_file_types)?;
    rules::limits::check_limits(&crate::model::Limits {
        file_size_limit: limits.max_file_size,
        max_files: limits.max_files_per_bucket,
        ..Default::default()
    })
}
