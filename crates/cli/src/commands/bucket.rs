//! `pail bucket …`

use super::{files, purged};
use crate::access;
use crate::choices::word;
use crate::failure::Failure;
use crate::limits::{self, Given};
use crate::output::{self, Table};
use crate::session::Session;
use crate::when;
use api::wire;
use clap::{Args, Subcommand, ValueEnum};
use engine::rules::words;
use std::io;

/// What can be done with buckets. A bucket is named by id or slug.
#[derive(Subcommand)]
pub enum Verb {
    /// Make a bucket
    Create(Create),
    /// List the buckets
    List(List),
    /// Show a bucket and its settings
    Show(Named),
    /// Change settings; what is left out stays as it is
    Update(Update),
    /// Put a bucket into the trash
    Delete(Named),
    /// Bring a bucket back from the trash
    Restore(Named),
    /// Delete a bucket in the trash for good
    Purge(Named),
    /// Put all files into the trash, reset the data, or both
    Empty(Empty),
}

#[derive(Args)]
pub struct Named {
    /// Id or slug
    bucket: String,
}

#[derive(Args)]
pub struct Create {
    /// What people call it
    title: String,
    /// Name of an icon, such as camera
    #[arg(long)]
    icon: Option<String>,
    /// A few words
    #[arg(long)]
    notes: Option<String>,
    #[command(flatten)]
    limits: Given,
    #[command(flatten)]
    access: access::Given,
}

#[derive(Args)]
pub struct List {
    /// Part of a title, slug or id
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// What to order by
    #[arg(long, value_enum, default_value_t = Sort::Title)]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    descending: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sort {
    Title,
    Created,
    Modified,
    Size,
}

#[derive(Args)]
#[command(override_usage = "pail bucket update [OPTIONS] <BUCKET>")]
#[group(id = "change", required = true, multiple = true, args = [
    "title", "icon", "notes", "enabled", "max_file_size", "max_files", "quota", "types",
    "policy", "read", "write", "delete", "tier", "permalink", "category",
])]
pub struct Update {
    /// Id or slug
    bucket: String,
    /// What people call it
    #[arg(long)]
    title: Option<String>,
    /// Name of an icon, such as camera
    #[arg(long)]
    icon: Option<String>,
    /// A few words
    #[arg(long)]
    notes: Option<String>,
    /// A bucket that is off answers only in the window
    #[arg(long, value_name = "true|false", action = clap::ArgAction::Set)]
    enabled: Option<bool>,
    #[command(flatten)]
    limits: Given,
    #[command(flatten)]
    access: access::Given,
}

#[derive(Args)]
pub struct Empty {
    /// Id or slug
    bucket: String,
    /// Put all files into the trash
    #[arg(long, required_unless_present = "data")]
    files: bool,
    /// Reset the data to {}
    #[arg(long, required_unless_present = "files")]
    data: bool,
}

pub fn run(session: &Session, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Create(create) => make(session, create),
        Verb::List(list) => show_all(session, list),
        Verb::Show(named) => show(session, named),
        Verb::Update(update) => change(session, update),
        Verb::Delete(named) => act(session, "bucket_delete", named, "is in the trash"),
        Verb::Restore(named) => act(session, "bucket_restore", named, "is back"),
        Verb::Purge(named) => {
            let answer: wire::Purged =
                session.call("bucket_purge", wire::BucketRequest { bucket: named.bucket })?;
            session.show(&answer, |answer| output::line(&purged(answer)))
        }
        Verb::Empty(empty) => clear(session, empty),
    }
}

fn make(session: &Session, create: Create) -> Result<(), Failure> {
    let request = wire::BucketCreateRequest {
        title: create.title,
        icon: create.icon,
        notes: create.notes,
        limits: Some(create.limits.over(limits::none())),
        category: create.access.category.map(Into::into),
        policy: create.access.policy.map(Into::into),
        rules: create.access.any_rule().then(|| create.access.rules_over(wire::Rules::default())),
        permalink: create.access.permalink.map(Into::into),
        tier: create.access.tier.map(Into::into),
    };
    let made: wire::Bucket = session.call("bucket_create", request)?;
    session.show(&made, |bucket| {
        output::line(&format!("“{}” is there: {} ({})", bucket.title, bucket.slug, bucket.id))
    })?;
    idle_rules(session, &create.access, &made);
    Ok(())
}

fn show_all(session: &Session, list: List) -> Result<(), Failure> {
    let order = match list.sort {
        Sort::Title => wire::BucketOrder::Title,
        Sort::Created => wire::BucketOrder::Created,
        Sort::Modified => wire::BucketOrder::Modified,
        Sort::Size => wire::BucketOrder::Size,
    };
    let request =
        wire::BucketListRequest { search: list.search, order: Some(order), descending: list.descending };
    let buckets: Vec<wire::Bucket> = session.call("bucket_list", request)?;
    session.show(&buckets, |buckets| {
        let mut table = Table::new(&["Slug", "Id", "Files", "Size", "Modified", "Title"], &[2, 3]);
        for bucket in buckets {
            let off = if bucket.enabled { "" } else { " (off)" };
            table.row([
                bucket.slug.clone(),
                bucket.id.clone(),
                words::count(bucket.file_count),
                words::size(bucket.byte_count),
                when::minute(bucket.modified),
                format!("{}{off}", bucket.title),
            ]);
        }
        table.print()
    })
}

fn show(session: &Session, named: Named) -> Result<(), Failure> {
    let bucket: wire::Bucket = session.call("bucket_show", wire::BucketRequest { bucket: named.bucket })?;
    session.show(&bucket, facts)
}

fn change(session: &Session, update: Update) -> Result<(), Failure> {
    let (mut limits, mut rules) = (None, None);
    if update.limits.any() || update.access.any_rule() {
        let request = wire::BucketRequest { bucket: update.bucket.clone() };
        let present: wire::Bucket = session.call("bucket_show", request)?;
        limits = update.limits.any().then(|| update.limits.over(present.limits));
        rules = update.access.any_rule().then(|| update.access.rules_over(present.rules));
    }
    let request = wire::BucketUpdateRequest {
        bucket: update.bucket,
        title: update.title,
        icon: update.icon,
        notes: update.notes,
        enabled: update.enabled,
        limits,
        category: update.access.category.map(Into::into),
        policy: update.access.policy.map(Into::into),
        rules,
        permalink: update.access.permalink.map(Into::into),
        tier: update.access.tier.map(Into::into),
    };
    let changed: wire::Bucket = session.call("bucket_update", request)?;
    session.show(&changed, facts)?;
    idle_rules(session, &update.access, &changed);
    Ok(())
}

/// Rules of a bucket with another policy are kept and do nothing; whoever has just set one may not know.
fn idle_rules(session: &Session, given: &access::Given, bucket: &wire::Bucket) {
    if given.any_rule() && bucket.policy != wire::Policy::Rules && !session.json {
        let policy = word(&bucket.policy);
        output::aside(&format!(
            "The rules are kept, but the policy is {policy}. They hold with --policy rules."
        ));
    }
}

fn act(session: &Session, command: &str, named: Named, outcome: &str) -> Result<(), Failure> {
    let bucket: wire::Bucket = session.call(command, wire::BucketRequest { bucket: named.bucket })?;
    session.show(&bucket, |bucket| {
        let held = format!("{}, {}", files(bucket.file_count), words::size(bucket.byte_count));
        output::line(&format!("“{}” {outcome}: {held}", bucket.title))
    })
}

fn clear(session: &Session, empty: Empty) -> Result<(), Failure> {
    let request = wire::BucketEmptyRequest { bucket: empty.bucket, files: empty.files, data: empty.data };
    let answer: wire::ObjectsChanged = session.call("bucket_empty", request)?;
    session.show(&answer, |answer| {
        if empty.files {
            output::line(&format!("{} went to the trash", files(answer.objects.len() as u64)))?;
        }
        if empty.data {
            output::line("The data is {} again")?;
        }
        Ok(())
    })
}

fn facts(bucket: &wire::Bucket) -> io::Result<()> {
    let held = format!("{}, {}", files(bucket.file_count), words::size(bucket.byte_count));
    let created = format!("{} by {}", when::minute(bucket.created), bucket.created_by);
    let rule = |rule: &Option<String>| rule.clone().unwrap_or_default();
    output::line(&bucket.title)?;
    for (name, value) in [
        ("id", bucket.id.as_str()),
        ("slug", &bucket.slug),
        ("icon", &bucket.icon),
        ("enabled", if bucket.enabled { "yes" } else { "no" }),
        ("files", &held),
        ("limits", &limits::in_words(&bucket.effective)),
        ("category", &word(&bucket.category)),
        ("policy", &word(&bucket.policy)),
        ("  read", &rule(&bucket.rules.read)),
        ("  write", &rule(&bucket.rules.write)),
        ("  delete", &rule(&bucket.rules.delete)),
        ("links", &word(&bucket.permalink)),
        ("tier", &word(&bucket.tier)),
        ("data", &format!("revision {}", bucket.data_revision)),
        ("created", &created),
        ("modified", &when::minute(bucket.modified)),
        ("notes", &bucket.notes),
    ] {
        if !value.is_empty() {
            output::line(&format!("  {name:<8}  {value}"))?;
        }
    }
    Ok(())
}
