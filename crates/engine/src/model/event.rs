//! What is told of every change.

/// One change, as it stands in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Rises by time.
    pub id: u64,
    /// Unix milliseconds.
    pub at: i64,
    /// What happened.
    pub kind: EventKind,
    /// Bucket id.
    pub bucket: Option<String>,
    /// Object id.
    pub object: Option<String>,
    /// The object's key, the bucket's title, or the sentence of a refusal.
    pub detail: String,
    /// For data the new revision, for content the version's number, else 1.
    pub number: u64,
    /// Who did it.
    pub by: String,
}

/// Declares the kinds and their names in the outbox, once.
macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident = $name:literal),* $(,)?) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventKind { $($(#[$meta])* $kind),* }

        impl EventKind {
            /// Its name in the outbox.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// The kind of that name; `None` for one that a newer Pail wrote.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

kinds! {
    /// A bucket was made.
    BucketCreated = "bucket_created",
    /// Settings of a bucket changed.
    BucketUpdated = "bucket_updated",
    /// A bucket went to the trash.
    BucketDeleted = "bucket_deleted",
    /// A bucket came back from the trash.
    BucketRestored = "bucket_restored",
    /// A bucket was deleted for good.
    BucketPurged = "bucket_purged",
    /// A new object.
    ObjectCreated = "object_created",
    /// New content of an object.
    ObjectReplaced = "object_replaced",
    /// An object has another name.
    ObjectRenamed = "object_renamed",
    /// An object lies in another folder.
    ObjectMoved = "object_moved",
    /// An object went to the trash.
    ObjectDeleted = "object_deleted",
    /// Metadata or visibility of an object changed.
    ObjectUpdated = "object_updated",
    /// An object reached the end that its bucket's tier sets.
    ObjectExpired = "object_expired",
    /// An object came back from the trash.
    ObjectRestored = "object_restored",
    /// An object was deleted for good.
    ObjectPurged = "object_purged",
    /// An earlier version is current again.
    ObjectReverted = "object_reverted",
    /// A working copy was checked out.
    CheckoutStarted = "checkout_started",
    /// A working copy is watched no more.
    CheckoutEnded = "checkout_ended",
    /// A save of a working copy was refused.
    CheckoutRefused = "checkout_refused",
    /// A look found content that is not what its hash says.
    ContentDamaged = "content_damaged",
    /// Damaged content was made whole again.
    ContentHealed = "content_healed",
    /// The document changed.
    DataChanged = "data_changed",
    /// A user was made, changed or removed.
    UserChanged = "user_changed",
    /// A key was made.
    KeyCreated = "key_created",
    /// A key was revoked.
    KeyRevoked = "key_revoked",
    /// A signed link was made.
    LinkSigned = "link_signed",
    /// A signed link was revoked, or all that one key signed.
    LinkRevoked = "link_revoked",
    /// A webhook was made, changed or taken away.
    WebhookChanged = "webhook_changed",
    /// Settings of the workspace changed.
    WorkspaceUpdated = "workspace_updated",
}
