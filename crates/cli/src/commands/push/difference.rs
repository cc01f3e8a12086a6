//! What a definition would change in the home.

use super::definition::Definition;
use crate::failure::Failure;
use crate::session::Session;
use engine::Code;
use engine::model::{Bucket, Policy};
use serde::Serialize;
use serde_json::{Value, json};

/// What becomes of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Created,
    Changed,
    Unchanged,
}

/// A definition beside its bucket.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The bucket's slug.
    pub key: String,
    /// Name of the file.
    pub file: String,
    pub outcome: Outcome,
    pub changes: Vec<Change>,
}

/// One setting, in the words of the file.
#[derive(Debug, PartialEq, Serialize)]
pub struct Change {
    field: &'static str,
    old: Value,
    new: Value,
}

impl Change {
    /// `ttlTier: persistent → 30-days`; of a new bucket `ttlTier: 30-days`.
    pub fn in_words(&self) -> String {
        match &self.old {
            Value::Null => format!("{}: {}", self.field, plain(&self.new)),
            old => format!("{}: {} → {}", self.field, plain(old), plain(&self.new)),
        }
    }
}

/// Compares a definition with what is there.
pub fn of(session: &Session, definition: &Definition) -> Result<Difference, Failure> {
    let new = definition.new_bucket();
    let (before, after) = match present(session, definition.key())? {
        None => {
            let usual = Shape {
                title: new.title,
                policy: new.access.policy.unwrap_or(Policy::Authenticated),
                rules: new.access.rules.unwrap_or_default(),
                tier: new.access.tier.unwrap_or(engine::model::Tier::Persistent),
                limits: new.limits,
                category: new.category.unwrap_or(engine::model::Category::Assets),
            };
            (None, usual)
        }
        Some(bucket) => {
            let before = Shape::from(bucket);
            let access = definition.access();
            let after = Shape {
                title: definition.title().map_or_else(|| before.title.clone(), str::to_owned),
                policy: access.policy.unwrap_or(before.policy),
                rules: access.rules.unwrap_or_else(|| before.rules.clone()),
                tier: access.tier.unwrap_or(before.tier),
                limits: definition.limits_over(before.limits.clone()),
                category: definition.category().unwrap_or(before.category),
            };
            (Some(before), after)
        }
    };
    let fresh = before.is_none();
    let old = before.map_or_else(Vec::new, |before| before.fields());
    let changes = after
        .fields()
        .into_iter()
        .enumerate()
        .map(|(at, (field, new))| {
            let old = old.get(at).map_or(Value::Null, |(_, old)| old.clone());
            Change { field, old, new }
        })
        // Of a new bucket only what says something.
        .filter(|change| if fresh { !is_nothing(&change.new) } else { change.old != change.new })
        .collect::<Vec<_>>();
    let outcome = match (fresh, changes.is_empty()) {
        (true, _) => Outcome::Created,
        (false, true) => Outcome::Unchanged,
        (false, false) => Outcome::Changed,
    };
    Ok(Difference { key: definition.key().to_owned(), file: definition.file.name(), outcome, changes })
}

/// The bucket of that slug, in the trash or not.
pub fn present(session: &Session, slug: &str) -> Result<Option<Bucket>, Failure> {
    match session.engine.bucket_show(&session.caller, slug) {
        // A slug may be the id of another bucket.
        Ok(bucket) => Ok(Some(bucket).filter(|bucket| bucket.slug == slug)),
        Err(error) if error.code() == Code::BucketNotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What a file can say of a bucket.
struct Shape {
    title: String,
    policy: Policy,
    rules: engine::model::Rules,
    tier: engine::model::Tier,
    limits: engine::model::Limits,
    category: engine::model::Category,
}

impl From<Bucket> for Shape {
    fn from(bucket: Bucket) -> Self {
        Self {
            title: bucket.title,
            policy: bucket.policy,
            rules: bucket.rules,
            tier: bucket.tier,
            limits: bucket.limits,
            category: bucket.category,
        }
    }
}

impl Shape {
    /// Every field in the words of the file.
    fn fields(self) -> Vec<(&'static str, Value)> {
        let policy = if self.policy == Policy::Rules { "cel" } else { self.policy.as_str() };
        let or_none = |limit: Option<u64>| limit.map_or_else(|| json!("none"), Value::from);
        let rule = |rule: Option<String>| rule.map_or_else(|| json!("none"), Value::from);
        vec![
            ("displayName", json!(self.title)),
            ("accessPolicy", json!(policy)),
            ("rules.read", rule(self.rules.read)),
            ("rules.write", rule(self.rules.write)),
            ("rules.delete", rule(self.rules.delete)),
            ("ttlTier", json!(self.tier.as_str())),
            ("maxFileSize", or_none(self.limits.file_size_limit)),
            ("maxFiles", or_none(self.limits.max_files)),
            ("allowedTypes", json!(self.limits.allowed_mime_types)),
            ("category", json!(self.category.as_str())),
        ]
    }
}

fn is_nothing(value: &Value) -> bool {
    value == "none" || value.as_array().is_some_and(Vec::is_empty)
}

/// A value as people read it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(entries) if entries.is_empty() => "all".to_owned(),
        Value::Array(entries) => entries.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
