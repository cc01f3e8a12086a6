//! Access on the wire: users, keys, policies, signed links.

use super::{ObjectRef, answer, request, words};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    /// What a user is.
    Role { Admin, Member }
    /// What a key may do at all (A8).
    Privilege { CreateBuckets, EditBuckets, DeleteBuckets, Admin }
    /// Who may read, write and delete in a bucket.
    Policy { Private, Owner, Authenticated, Public, Rules }
    /// Who may read one object.
    Visibility { Private, Public }
    /// Who may read one object, where a choice is made.
    VisibilityChoice {
        /// As the bucket's policy says.
        Inherited,
        Private,
        Public,
    }
    /// What a permalink needs: nothing more, a signature, or a caller who may read.
    Permalink { Open, Signed, Off }
    /// How long objects live.
    Tier {
        #[serde(rename = "1-hour")] OneHour,
        #[serde(rename = "1-day")] OneDay,
        #[serde(rename = "30-days")] ThirtyDays,
        Persistent,
    }
    /// What a bucket is for.
    Category { Assets, Attachments }
    /// What a caller wants with an object.
    Act { Read, Write, Delete }
}

/// The CEL rules of a bucket with the policy `rules`; a missing one denies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export_to = "wire.ts")]
pub struct Rules {
    /// Who reads.
    pub read: Option<String>,
    /// Who writes.
    pub write: Option<String>,
    /// Who deletes.
    pub delete: Option<String>,
}

/// Whose rights are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "wire.ts")]
pub enum Who {
    /// Somebody who shows no key.
    Anonymous,
    /// A user: id or name.
    User(String),
    /// A key: id or name.
    Key(String),
}

answer! {
    /// Somebody who may have keys.
    User {
        id: String,
        name: String,
        role: Role,
        /// Groups as `kind:id`.
        groups: Vec<String>,
        created: i64,
        /// The owner of the home, who stays its admin.
        owner: bool,
    }
    /// An API key, without its secret.
    Key {
        id: String,
        name: String,
        /// The first characters of the secret.
        prefix: String,
        user: String,
        privileges: Vec<Privilege>,
        expires: Option<i64>,
        /// The most requests in a second.
        rate: Option<u32>,
        created: i64,
        created_by: String,
        /// When it was last used, to the minute.
        used: Option<i64>,
        revoked: Option<i64>,
    }
    /// A key that was just made, with its secret: it is shown this once.
    KeyMade { key: Key, secret: String }
    /// Whether somebody may do something, and why.
    Explained { act: Act, allowed: bool, why: String }
    /// A signed link.
    SignedLink {
        /// To revoke it by.
        id: String,
        /// The whole address.
        url: String,
        /// Path and query.
        path: String,
        expires: i64,
        created: i64,
        by: String,
        /// The name it offers for download, or `null` where it is shown.
        download: Option<String>,
        revoked: Option<i64>,
    }
}

request! {
    /// Make a user.
    UserCreateRequest {
        name: String,
        role: Role,
        #[serde(default)] #[ts(optional, as = "Option<Vec<String>>")] groups: Vec<String>,
    }
    /// Change a user; what is left out stays as it is.
    UserUpdateRequest {
        user: String,
        #[serde(default)] #[ts(optional)] role: Option<Role>,
        #[serde(default)] #[ts(optional)] groups: Option<Vec<String>>,
    }
    /// One user, named by id or name.
    UserRequest { user: String }
    /// Make a key.
    KeyCreateRequest {
        name: String,
        /// The owner of the home, if left out.
        #[serde(default)] #[ts(optional)] user: Option<String>,
        #[serde(default)] #[ts(optional, as = "Option<Vec<Privilege>>")] privileges: Vec<Privilege>,
        #[serde(default)] #[ts(optional)] expires: Option<i64>,
        #[serde(default)] #[ts(optional)] rate: Option<u32>,
    }
    /// One key, named by id, or by name if only one living key has it.
    KeyRequest { key: String }
    /// Who can? About an object, or the bucket's data and new files.
    AccessExplainRequest {
        bucket: String,
        #[serde(default)] #[ts(optional)] object: Option<ObjectRef>,
        who: Who,
    }
    /// Change what is said of an object besides its content; what is left out stays as it is.
    ObjectUpdateRequest {
        bucket: String,
        object: ObjectRef,
        /// The text of a JSON object of at most 8 KB.
        #[serde(default)] #[ts(optional)] metadata: Option<String>,
        #[serde(default)] #[ts(optional)] visibility: Option<VisibilityChoice>,
    }
    /// Make a signed link.
    LinkSignRequest {
        bucket: String,
        object: ObjectRef,
        /// Seconds until it ends: 1 to 604,800.
        seconds: i64,
        /// Offer it for download under this name; left out: shown where it can be.
        #[serde(default)] #[ts(optional)] download: Option<String>,
    }
    /// Revoke a signed link.
    LinkRevokeRequest { link: String }
    /// Sign with a new key from now on, and maybe end all links made before.
    LinkRotateRequest { #[serde(default)] #[ts(optional, as = "Option<bool>")] revoke: bool }
}
