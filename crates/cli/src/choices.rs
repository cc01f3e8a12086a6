//! Words that a command takes one of: listed in its help, and the wire's word for each.

use api::wire;
use clap::ValueEnum;
use serde::Serialize;

/// Declares lists of words, each with the wire's type that it stands for.
macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident => $wire:ty {
        $($(#[$about:meta])* $variant:ident = $word:literal),* $(,)?
    })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, ValueEnum)]
        pub enum $name { $($(#[$about])* #[value(name = $word)] $variant),* }

        impl From<$name> for $wire {
            fn from(choice: $name) -> Self {
                match choice { $($name::$variant => Self::$variant),* }
            }
        }
    )*};
}

choices! {
    /// Who may read, write and delete in a bucket.
    Policy => wire::Policy {
        /// Its owner and admins; who brought a file may also read and delete it
        Private = "private",
        /// Any signed-in user writes; each reads and deletes their own
        Owner = "owner",
        /// Any signed-in user
        Authenticated = "authenticated",
        /// Anyone reads; its owner and admins write and delete
        Public = "public",
        /// What --read, --write and --delete say
        Rules = "rules",
    }

    /// The same in the words of the blob buckets' document.
    AccessPolicy => wire::Policy {
        /// Anyone reads; its owner and admins write
        Public = "public",
        /// Any signed-in user
        Authenticated = "authenticated",
        /// Any signed-in user writes; each reads and deletes their own
        Owner = "owner",
        /// What its rules say
        Rules = "cel",
        /// Its owner and admins
        Private = "private",
    }

    /// How long files live.
    Tier => wire::Tier {
        OneHour = "1-hour",
        OneDay = "1-day",
        ThirtyDays = "30-days",
        Persistent = "persistent",
    }

    /// What links need.
    Permalink => wire::Permalink {
        /// Nothing more
        Open = "open",
        /// A signature: pail link sign
        Signed = "signed",
        /// A key of somebody who may read
        Off = "off",
    }

    /// What a bucket is for.
    Category => wire::Category {
        /// Goes along with pail export
        Assets = "assets",
        /// Stays
        Attachments = "attachments",
    }

    /// Who may read one file.
    Visibility => wire::VisibilityChoice {
        /// As the bucket's policy says
        Inherited = "inherited",
        /// Who brought it, the bucket's owner, admins
        Private = "private",
        /// Anyone
        Public = "public",
    }

    /// What a user is.
    Role => wire::Role {
        /// May do everything
        Admin = "admin",
        /// May do what policies allow
        Member = "member",
    }

    /// What a key may do at all.
    Privilege => wire::Privilege {
        CreateBuckets = "create_buckets",
        /// Write and delete files, change settings
        EditBuckets = "edit_buckets",
        DeleteBuckets = "delete_buckets",
        /// Everything, users and keys included
        Admin = "admin",
    }

    /// What a webhook is told of.
    WebhookEvent => wire::WebhookEvent {
        /// A file is there that was not
        ObjectCreated = "object.created",
        /// A file has other content
        ObjectReplaced = "object.replaced",
        /// A file went to the trash
        ObjectDeleted = "object.deleted",
        /// A file reached its end
        ObjectExpired = "object.expired",
        /// The document changed
        DataChanged = "data.changed",
        /// The bucket went to the trash
        BucketDeleted = "bucket.deleted",
    }
}

/// The word of the wire for a value that is one word there.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
