//! A bucket.

use super::{Category, Permalink, Policy, Rules, Tier};

/// What a bucket accepts. `None` and an empty list set no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file_size_limit: Option<u64>,
    /// The most files.
    pub max_files: Option<u64>,
    /// The most bytes in all of its current files.
    pub quota: Option<u64>,
    /// Media type patterns as E7 allows them.
    pub allowed_mime_types: Vec<String>,
}

/// Durable, shareable storage: one JSON document and any number of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Row number: small, and never reused.
    pub seq: i64,
    /// `b` and base-36 digits. Never changes.
    pub id: String,
    /// Random UUID. Never changes.
    pub uuid: String,
    /// Address made from the title (E6). Never changes, unique in the workspace, trash included.
    pub slug: String,
    /// What people call it.
    pub title: String,
    /// Name of an icon.
    pub icon: String,
    /// A few words.
    pub notes: String,
    /// Off: refuses every face but the window.
    pub enabled: bool,
    /// What it is for.
    pub category: Category,
    /// Who may read, write and delete.
    pub policy: Policy,
    /// The rules of the policy [`Policy::Rules`]; kept while another policy holds.
    pub rules: Rules,
    /// What its permalinks need.
    pub permalink: Permalink,
    /// How long its objects live.
    pub tier: Tier,
    /// Its own limits.
    pub limits: Limits,
    /// Live objects.
    pub file_count: u64,
    /// Bytes of the live objects' current content.
    pub byte_count: u64,
    /// Raised by each change of the settings.
    pub revision: u64,
    /// Raised by each change of the data.
    pub data_revision: u64,
    /// Unix milliseconds.
    pub created: i64,
    /// Unix milliseconds of the last change of settings, data or files.
    pub modified: i64,
    /// Who made it: its owner.
    pub created_by: String,
    /// Who changed its settings last.
    pub modified_by: Option<String>,
    /// When it went to the trash.
    pub deleted: Option<i64>,
}

/// What a list of buckets is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BucketOrder {
    /// By title, as people read it.
    #[default]
    Title,
    /// By birth.
    Created,
    /// By last change.
    Modified,
    /// By bytes.
    Size,
}
