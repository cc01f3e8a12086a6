//! Buckets on the wire.

use super::{Category, Permalink, Policy, Rules, Tier, answer, request, words};

words! {
    /// What a list of buckets is ordered by.
    BucketOrder { Title, Created, Modified, Size }
}

answer! {
    /// What a bucket accepts; `null` means no limit of its own.
    Limits {
        /// The largest file, in bytes.
        file_size_limit: Option<u64>,
        /// The most files.
        max_files: Option<u64>,
        /// The most bytes in all of its current files.
        quota: Option<u64>,
        /// Media types taken, exact or with a star for the subtype (E7); empty takes all.
        allowed_mime_types: Vec<String>,
    }
    /// A bucket.
    Bucket {
        id: String,
        uuid: String,
        slug: String,
        title: String,
        /// The name of a Lucide icon.
        icon: String,
        notes: String,
        /// A bucket that is not enabled refuses every face but the window.
        enabled: bool,
        /// Assets go along when the workspace is exported.
        category: Category,
        /// Who may read, write and delete.
        policy: Policy,
        /// The rules of the policy `rules`; kept while another holds.
        rules: Rules,
        /// What permalinks need.
        permalink: Permalink,
        /// How long objects live.
        tier: Tier,
        /// The bucket's own limits, as they were set.
        limits: Limits,
        /// The stricter of the bucket's and the workspace's limits: what a file meets.
        effective: Limits,
        /// The workspace's accepted file types in the syntax of the HTML `accept` attribute; empty takes all.
        accepted_file_types: String,
        /// Live files in the bucket.
        file_count: u64,
        /// Bytes of the live files' current content.
        byte_count: u64,
        /// Raised by each change of the settings.
        revision: u64,
        /// Raised by each change of the data.
        data_revision: u64,
        created: i64,
        modified: i64,
        /// Who made it: its owner.
        created_by: String,
        modified_by: Option<String>,
        /// When it went to the trash, or `null`.
        deleted: Option<i64>,
    }
}

request! {
    /// Make a bucket.
    BucketCreateRequest {
        title: String,
        #[serde(default)] #[ts(optional)] icon: Option<String>,
        #[serde(default)] #[ts(optional)] notes: Option<String>,
        #[serde(default)] #[ts(optional)] limits: Option<Limits>,
        #[serde(default)] #[ts(optional)] category: Option<Category>,
        #[serde(default)] #[ts(optional)] policy: Option<Policy>,
        #[serde(default)] #[ts(optional)] rules: Option<Rules>,
        #[serde(default)] #[ts(optional)] permalink: Option<Permalink>,
        #[serde(default)] #[ts(optional)] tier: Option<Tier>,
    }
    /// The live buckets.
    BucketListRequest {
        /// Part of a title, slug or id, in any case.
        #[serde(default)] #[ts(optional)] search: Option<String>,
        #[serde(default)] #[ts(optional)] order: Option<BucketOrder>,
        #[serde(default)] #[ts(optional, as = "Option<bool>")] descending: bool,
    }
    /// One bucket, named by id or slug.
    BucketRequest { bucket: String }
    /// Change settings; what is left out stays as it is.
    BucketUpdateRequest {
        bucket: String,
        #[serde(default)] #[ts(optional)] title: Option<String>,
        #[serde(default)] #[ts(optional)] icon: Option<String>,
        #[serde(default)] #[ts(optional)] notes: Option<String>,
        #[serde(default)] #[ts(optional)] enabled: Option<bool>,
        #[serde(default)] #[ts(optional)] limits: Option<Limits>,
        #[serde(default)] #[ts(optional)] category: Option<Category>,
        #[serde(default)] #[ts(optional)] policy: Option<Policy>,
        /// All three rules.
        #[serde(default)] #[ts(optional)] rules: Option<Rules>,
        #[serde(default)] #[ts(optional)] permalink: Option<Permalink>,
        #[serde(default)] #[ts(optional)] tier: Option<Tier>,
    }
    /// Empty a bucket of files (they go to the trash), of data, or of both (A6).
    BucketEmptyRequest {
        bucket: String,
        #[serde(default)] #[ts(optional, as = "Option<bool>")] files: bool,
        #[serde(default)] #[ts(optional, as = "Option<bool>")] data: bool,
    }
}
