//! Buckets in the words of the document.

use super::Items;
use crate::choices::{AccessPolicy, Tier};
use crate::commands::files;
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use api::{ErrorCode, wire};
use clap::Args;
use engine::model::{self, BucketOrder, Policy};
use engine::rules::{limits, words};
use engine::{Access, Code, NewBucket};
use http_face::shown;
use std::io;

#[derive(Args)]
pub struct Create {
    /// Its name in addresses: lower-case letters, digits and -
    #[arg(long)]
    key: String,
    /// What people call it [default: its key]
    #[arg(long, value_name = "NAME")]
    display_name: Option<String>,
    /// Who reads and writes
    #[arg(long, value_enum, default_value = "authenticated")]
    access_policy: AccessPolicy,
    /// How long blobs live
    #[arg(long, value_enum, default_value = "persistent")]
    ttl_tier: Tier,
}

pub fn list(session: &Session) -> Result<(), Failure> {
    let buckets = session.engine.bucket_list(&session.caller, "", BucketOrder::Title, false)?;
    if session.json {
        return Ok(output::json(&Items::all(buckets.into_iter().map(shown::Bucket::from).collect()))?);
    }
    let mut table = Table::new(&["Key", "Access", "Tier", "Blobs", "Size", "Display name"], &[3, 4]);
    for bucket in buckets {
        table.row([
            bucket.slug,
            policy(bucket.policy).to_owned(),
            bucket.tier.as_str().to_owned(),
            words::count(bucket.file_count),
            words::size(bucket.byte_count),
            bucket.title,
        ]);
    }
    Ok(table.print()?)
}

pub fn get(session: &Session, key: &str) -> Result<(), Failure> {
    let bucket = session.engine.bucket_live(&session.caller, key)?;
    show(session, bucket, facts)
}

pub fn create(session: &Session, create: Create) -> Result<(), Failure> {
    let (policy, tier): (wire::Policy, wire::Tier) = (create.access_policy.into(), create.ttl_tier.into());
    let new = NewBucket {
        title: create.display_name.unwrap_or_else(|| create.key.clone()),
        slug: Some(create.key),
        limits: limits::for_blobs(),
        access: Access { policy: Some(policy.into()), tier: Some(tier.into()), ..Access::default() },
        ..NewBucket::default()
    };
    let bucket = session.engine.bucket_create(&session.caller, new)?;
    show(session, bucket, |bucket| {
        output::line(&format!("“{}” is there: {} ({})", bucket.title, bucket.slug, bucket.id))
    })
}

/// A bucket that is not empty goes only if that was said.
pub fn delete(session: &Session, key: &str, force: bool) -> Result<(), Failure> {
    let deleted = if force {
        session.engine.bucket_delete(&session.caller, key)
    } else {
        session.engine.bucket_delete_empty(&session.caller, key)
    };
    let bucket = match deleted {
        Err(error) if error.code() == Code::NotEmpty => {
            let why = error.detail("reason").unwrap_or_default();
            let message = format!("{why}. Say --force to delete it with all it holds.");
            return Err(Failure::new(ErrorCode::NotEmpty, message));
        }
        deleted => deleted?,
    };
    show(session, bucket, |bucket| {
        output::line(&format!("“{}” is in the trash: {}", bucket.title, files(bucket.file_count)))
    })
}

fn show(
    session: &Session,
    bucket: model::Bucket,
    people: impl FnOnce(&model::Bucket) -> io::Result<()>,
) -> Result<(), Failure> {
    if session.json {
        return Ok(output::json(&shown::Bucket::from(bucket))?);
    }
    Ok(people(&bucket)?)
}

fn facts(bucket: &model::Bucket) -> io::Result<()> {
    let rule = |rule: &Option<String>| rule.clone().unwrap_or_default();
    let held = format!("{}, {}", words::count(bucket.file_count), words::size(bucket.byte_count));
    let largest = bucket.limits.file_size_limit.map(words::limit).unwrap_or_default();
    output::line(&bucket.title)?;
    for (name, value) in [
        ("key", bucket.slug.as_str()),
        ("id", &bucket.id),
        ("access policy", policy(bucket.policy)),
        ("  read", &rule(&bucket.rules.read)),
        ("  write", &rule(&bucket.rules.write)),
        ("  delete", &rule(&bucket.rules.delete)),
        ("TTL tier", bucket.tier.as_str()),
        ("largest blob", &largest),
        ("blobs", &held),
    ] {
        if !value.is_empty() {
            output::line(&format!("  {name:<13}  {value}"))?;
        }
    }
    Ok(())
}

/// A policy in the word of the document.
fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::Rules => "cel",
        other => other.as_str(),
    }
}
