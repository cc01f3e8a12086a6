//! Plain types of the house: what a bucket, an object, a version, the data and an event are.

mod access;
mod bucket;
mod data;
mod event;
pub mod id;
mod object;
mod webhook;
mod workspace;

pub use access::{
    Act, Category, Group, Key, Permalink, Policy, Privilege, Role, Rules, Tier, User, Visibility,
};
pub use bucket::{Bucket, BucketOrder, Limits};
pub use data::Data;
pub use event::{Event, EventKind};
pub(crate) use object::join;
pub use object::{Folder, Object, ObjectRef, ObjectSort, Version};
pub use webhook::{Delivery, Webhook, WebhookEvent};
pub use workspace::{Theme, UploadSettings, Workspace};
