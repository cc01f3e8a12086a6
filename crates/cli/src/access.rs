//! Who may do what in a bucket, what links need, how long files live: as it is given on the command line.

use crate::choices::{Category, Permalink, Policy, Tier};
use api::wire;
use clap::Args;

/// The settings of access that a command names; what it leaves out stays as it is.
#[derive(Args)]
#[group(skip)]
pub struct Given {
    /// Who may read, write and delete
    #[arg(long, value_enum)]
    pub policy: Option<Policy>,
    /// CEL rule for reading, or none
    #[arg(long, value_name = "RULE")]
    read: Option<String>,
    /// CEL rule for writing, or none
    #[arg(long, value_name = "RULE")]
    write: Option<String>,
    /// CEL rule for deleting, or none
    #[arg(long, value_name = "RULE")]
    delete: Option<String>,
    /// How long files live after they came
    #[arg(long, value_enum)]
    pub tier: Option<Tier>,
    /// What links need
    #[arg(long, value_enum)]
    pub permalink: Option<Permalink>,
    /// What the bucket is for
    #[arg(long, value_enum)]
    pub category: Option<Category>,
}

impl Given {
    /// Whether any rule is named.
    pub fn any_rule(&self) -> bool {
        self.read.is_some() || self.write.is_some() || self.delete.is_some()
    }

    /// All three rules, with those that are named put in.
    pub fn rules_over(&self, rules: wire::Rules) -> wire::Rules {
        let or = |given: &Option<String>, before| match given.as_deref().map(str::trim) {
            None => before,
            Some(none) if none.is_empty() || none.eq_ignore_ascii_case("none") => None,
            Some(rule) => Some(rule.to_owned()),
        };
        wire::Rules {
            read: or(&self.read, rules.read),
            write: or(&self.write, rules.write),
            delete: or(&self.delete, rules.delete),
        }
    }
}
