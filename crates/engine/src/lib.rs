//! The storage engine: buckets, objects, data, and the rules that govern them. It knows no face.
//!
//! Start with [`Engine::open`]. What the engine does stands in `ops/<noun>/<verb>.rs`, what it allows in [`rules`],
//! how rows are kept in `db`, how content is kept in [`blob`].

pub mod blob;
mod caller;
pub mod clock;
mod db;
mod engine;
pub mod error;
mod events;
#[doc(hidden)]
pub mod fuzzing;
pub mod home;
pub mod model;
mod ops;
pub mod rules;
mod sweep;
mod sync;
pub mod transfer;

pub use caller::{Caller, Face, Identity};
pub use db::table::checkout::Checkout;
pub use engine::Engine;
pub use error::{Code, Error, Result};
pub use events::Subscription;
pub use ops::backup::{Copied, restore};
pub use ops::bucket::{Access, BucketChanges, ICON as DEFAULT_ICON, NewBucket};
pub use ops::checkout::Watch;
pub use ops::doctor::{Diagnosis, Rebuilt, rebuild};
pub use ops::event::Told;
pub use ops::explain::{Explained, Who};
pub use ops::export::{Exported, ImportOptions, Imported, Progress, Selection};
pub use ops::key::NewKey;
pub use ops::link::{DEFAULT_SERVER, SignRequest, SignedLink};
pub use ops::object::{Incoming, ListRequest, ObjectChanges, Page, Picture, Put, Side, Staged};
pub use ops::trash::{Purged, Trash};
pub use ops::user::UserChanges;
pub use ops::webhook::{Answer, Attempt, Duty, WebhookChanges};
pub use ops::workspace::WorkspaceChanges;
pub use sweep::verify::{Damage, Problem, Verified};
pub use sweep::{Housekeeping, Swept};
