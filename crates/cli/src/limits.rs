//! Limits of a bucket: as they are given on the command line, and in words.

use crate::size::{self, Limit};
use api::wire;
use clap::Args;
use engine::rules::words;

/// The limits that a command names; what it leaves out stays as it is.
#[derive(Args)]
pub struct Given {
    /// Largest file: 1GiB, 50MB, bytes, or none
    #[arg(long, value_name = "SIZE", value_parser = size::bytes)]
    max_file_size: Option<Limit>,
    /// Most files, or none
    #[arg(long, value_name = "N", value_parser = size::count)]
    max_files: Option<Limit>,
    /// Most bytes in all, or none
    #[arg(long, value_name = "SIZE", value_parser = size::bytes)]
    quota: Option<Limit>,
    /// Media types between commas, such as image/*,application/pdf; none takes all
    #[arg(long, value_name = "LIST")]
    types: Option<String>,
}

impl Given {
    /// Whether any limit is named.
    pub fn any(&self) -> bool {
        self.max_file_size.is_some()
            || self.max_files.is_some()
            || self.quota.is_some()
            || self.types.is_some()
    }

    /// The limits with what is named put in.
    pub fn over(&self, limits: wire::Limits) -> wire::Limits {
        let or = |given: Option<Limit>, before| given.map_or(before, |limit| limit.0);
        wire::Limits {
            file_size_limit: or(self.max_file_size, limits.file_size_limit),
            max_files: or(self.max_files, limits.max_files),
            quota: or(self.quota, limits.quota),
            allowed_mime_types: self.types.as_deref().map_or(limits.allowed_mime_types, list),
        }
    }
}

/// No limits at all.
pub fn none() -> wire::Limits {
    wire::Limits { file_size_limit: None, max_files: None, quota: None, allowed_mime_types: Vec::new() }
}

fn list(types: &str) -> Vec<String> {
    let entries = types.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    entries.filter(|entry| !entry.eq_ignore_ascii_case("none")).map(str::to_owned).collect()
}

/// `1 GiB a file, 200 files, 10 GB in all, image/*`
pub fn in_words(limits: &wire::Limits) -> String {
    let mut words = Vec::new();
    words.extend(limits.file_size_limit.map(|size| format!("{} a file", words::limit(size))));
    words.extend(limits.max_files.map(crate::commands::files));
    words.extend(limits.quota.map(|size| format!("{} in all", words::limit(size))));
    words.extend(limits.allowed_mime_types.iter().cloned());
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
