//! The workspace: a home with its settings.

/// Limits for every bucket (A5). `None` and empty set none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UploadSettings {
    /// The most files in a bucket.
    pub max_files_per_bucket: Option<u64>,
    /// The largest file, in bytes.
    pub max_file_size: Option<u64>,
    /// In the syntax of the HTML `accept` attribute.
    pub accepted_file_types: String,
}

/// Which colours the window takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == name)
    }
}

/// The home and its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// `w` and base-36 digits.
    pub id: String,
    /// Address.
    pub slug: String,
    /// What people call it.
    pub title: String,
    /// The person whose home it is.
    pub owner: String,
    /// Limits for every bucket.
    pub limits: UploadSettings,
    /// Colours of the window.
    pub theme: Theme,
    /// Whether programs may delete buckets over HTTP (B4).
    pub api_deletion: bool,
    /// Hosts in private networks that webhooks may call.
    pub webhook_hosts: Vec<String>,
    /// Where links are served now.
    pub server: Option<String>,
}
