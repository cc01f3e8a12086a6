//! The workspace on the wire.

use super::{answer, request, words};

words! {
    /// Which colours the window takes.
    Theme { System, Light, Dark }
}

answer! {
    /// Limits that hold for every bucket (A5); `null` and empty set none.
    UploadSettings {
        max_files_per_bucket: Option<u64>,
        max_file_size: Option<u64>,
        /// In the syntax of the HTML `accept` attribute: `.jpg, image/*, application/pdf`.
        accepted_file_types: String,
    }
    /// The home and its settings.
    Workspace {
        id: String,
        slug: String,
        title: String,
        /// The home directory.
        home: String,
        /// The person whose home it is.
        owner: String,
        limits: UploadSettings,
        theme: Theme,
        /// Whether programs may delete buckets over HTTP (B4).
        api_deletion: bool,
        /// Hosts in private networks that webhooks may call.
        webhook_hosts: Vec<String>,
        /// Free bytes where the files lie.
        free_bytes: u64,
        /// Where links are served now, or `null` if no server runs on this home.
        server: Option<String>,
        /// Version of this program.
        version: String,
    }
}

request! {
    /// Nothing is asked.
    Nothing {}
    /// Change settings; what is left out stays as it is.
    WorkspaceUpdateRequest {
        #[serde(default)] #[ts(optional)] title: Option<String>,
        #[serde(default)] #[ts(optional)] limits: Option<UploadSettings>,
        #[serde(default)] #[ts(optional)] theme: Option<Theme>,
        #[serde(default)] #[ts(optional)] slug: Option<String>,
        #[serde(default)] #[ts(optional)] api_deletion: Option<bool>,
        #[serde(default)] #[ts(optional)] webhook_hosts: Option<Vec<String>>,
    }
}
