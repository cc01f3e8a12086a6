//! Who may do what: users and their groups, keys and their privileges, a bucket's policy.

/// Declares an enum with the names it has in the database and on every wire.
macro_rules! names {
    ($($(#[$meta:meta])* $type:ident { $($(#[$vmeta:meta])* $variant:ident = $name:literal),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type { $($(#[$vmeta])* $variant),* }

        impl $type {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in the database and on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The one of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}

pub(super) use names;

names! {
    /// What a user is in the workspace.
    Role {
        /// May do everything.
        Admin = "admin",
        /// May do what policies allow.
        Member = "member",
    }

    /// What a key may do at all (A8). Reading needs none.
    Privilege {
        /// Make buckets.
        CreateBuckets = "create_buckets",
        /// Write, delete files, change settings.
        EditBuckets = "edit_buckets",
        /// Delete buckets.
        DeleteBuckets = "delete_buckets",
        /// Everything, users and keys included.
        Admin = "admin",
    }

    /// Who may read, write and delete in a bucket through any face but the window (DESIGN section 3).
    Policy {
        /// Its owner and admins; who brought a file may also read and delete it.
        Private = "private",
        /// Any signed-in user writes; each reads and deletes their own.
        Owner = "owner",
        /// Any signed-in user.
        Authenticated = "authenticated",
        /// Anyone reads; its owner and admins write and delete.
        Public = "public",
        /// What its CEL rules say.
        Rules = "rules",
    }

    /// Who may read one object, instead of what its bucket's policy says (E8).
    Visibility {
        /// Whoever brought it, the bucket's owner, admins.
        Private = "private",
        /// Anyone.
        Public = "public",
    }

    /// What a permalink needs.
    Permalink {
        /// The token in it is enough (A7).
        Open = "open",
        /// A valid signature (C6).
        Signed = "signed",
        /// A caller who may read.
        Off = "off",
    }

    /// How long objects live (C5).
    Tier {
        /// One hour.
        OneHour = "1-hour",
        /// 24 hours.
        OneDay = "1-day",
        /// Thirty days.
        ThirtyDays = "30-days",
        /// Until somebody deletes them.
        Persistent = "persistent",
    }

    /// What a bucket is for (E3): assets go along when the workspace is exported.
    Category {
        /// Belongs to the workspace's own material; exported.
        Assets = "assets",
        /// What users bring; stays.
        Attachments = "attachments",
    }

    /// What a caller wants with an object.
    Act {
        /// See it, list it, read its content.
        Read = "read",
        /// Bring it, replace it, rename or move it.
        Write = "write",
        /// Put it into the trash, or delete it for good.
        Delete = "delete",
    }
}

impl Tier {
    /// How long an object lives after its content came, in milliseconds; `None` for ever.
    pub const fn lifetime(self) -> Option<i64> {
        const HOUR: i64 = 3_600_000;
        match self {
            Self::OneHour => Some(HOUR),
            Self::OneDay => Some(24 * HOUR),
            Self::ThirtyDays => Some(30 * 24 * HOUR),
            Self::Persistent => None,
        }
    }
}

/// A group that a user belongs to, such as `team:eng`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// What kind of group.
    pub kind: String,
    /// Which one.
    pub id: String,
}

/// The CEL sources of a bucket whose policy is [`Policy::Rules`] (C3). A missing rule denies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Who reads.
    pub read: Option<String>,
    /// Who writes.
    pub write: Option<String>,
    /// Who deletes.
    pub delete: Option<String>,
}

impl Rules {
    /// The source for an act.
    pub fn of(&self, act: Act) -> Option<&str> {
        match act {
            Act::Read => self.read.as_deref(),
            Act::Write => self.write.as_deref(),
            Act::Delete => self.delete.as_deref(),
        }
    }
}

/// Somebody who may have keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Row number; the owner's is 1.
    pub seq: i64,
    /// `u` and base-36 digits. Never changes.
    pub id: String,
    /// Unique, and never given to another one: it stands in every record of what they did.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Where they belong, sorted.
    pub groups: Vec<Group>,
    /// Unix milliseconds.
    pub created: i64,
    /// When they were taken out; their keys are no good since.
    pub removed: Option<i64>,
}

impl User {
    /// Whether they own the home.
    pub fn is_owner(&self) -> bool {
        self.seq == 1
    }
}

/// An API key. The secret itself is shown once and kept by nobody here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// `k` and base-36 digits. Never changes.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The first characters of the secret, to know it by.
    pub prefix: String,
    /// Whose it is: the user's name.
    pub user: String,
    /// What it may do, sorted.
    pub privileges: Vec<Privilege>,
    /// When it ends, in Unix milliseconds.
    pub expires: Option<i64>,
    /// The most requests in a second.
    pub rate: Option<u32>,
    /// Unix milliseconds.
    pub created: i64,
    /// Who made it.
    pub created_by: String,
    /// When it was last used, to the minute.
    pub used: Option<i64>,
    /// When it was revoked.
    pub revoked: Option<i64>,
}
