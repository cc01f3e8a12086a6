//! Bringing several streams in as one: each is copied and hashed as it comes, and one commit takes all of them or none.
//! For faces whose files arrive one after the other, such as the parts of a form.

use super::{Arrival, Copied, Facts, OnMeeting, Put, Refusal, Source, check_metadata};
use crate::blob::Durability;
use crate::model::{Act, Bucket, Visibility};
use crate::ops::access::{self, What};
use crate::ops::{limits_of, open_bucket};
use crate::{Caller, Engine, Result, rules};
use std::io::Read;

/// What a stream is to become.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    /// Where it goes: a path whose segments are normalised; the last one is its name.
    pub key: String,
    /// A JSON object; for content of an object that is there, `None` leaves what it has.
    pub metadata: Option<String>,
    /// Who may read it; `None` leaves what it has, `Some(None)` is as the bucket's policy says.
    pub visibility: Option<Option<Visibility>>,
    /// Become another object, `name-2.ext`, if the name is taken, instead of a new version.
    pub keep_both: bool,
}

/// A stream that was copied in and waits for its commit. Dropped before, nothing of it stays.
pub struct Staged {
    arrival: Arrival,
    bucket: Bucket,
}

impl Staged {
    /// Bytes.
    pub fn size(&self) -> u64 {
        self.arrival.copied.size
    }

    /// Says who may read it, where that came after the bytes; `None` is as the bucket's policy says.
    #[must_use]
    pub fn shown_to(mut self, visibility: Option<Visibility>) -> Self {
        self.arrival.facts.visibility = Some(visibility);
        self
    }
}

impl Engine {
    /// Copies a stream in, holding the bucket's limits on the way, and leaves it waiting for [`Engine::object_commit`].
    ///
    /// # Errors
    /// `invalid_name`, `invalid_metadata`, `too_large`, `type_not_allowed`; `bucket_not_found`, `in_trash`,
    /// `bucket_disabled`, `sign_in_needed`, `forbidden`; `source_unreadable`; `no_space`, `io`. Then nothing of it stays.
    pub fn object_stage(
        &self,
        caller: &Caller,
        bucket: &str,
        incoming: Incoming,
        reader: &mut dyn Read,
        size: Option<u64>,
    ) -> Result<Staged> {
        let (original_folder, original) = incoming.key.rsplit_once('/').unwrap_or(("", &incoming.key));
        let folder = rules::name::folder(original_folder)?;
        let (name, original_name) = rules::name::both(original)?;
        if let Some(metadata) = &incoming.metadata {
            check_metadata(metadata)?;
        }
        let (bucket, checks) = self.read(|connection| {
            let bucket = open_bucket(connection, caller, bucket)?;
            let metadata = incoming.metadata.as_deref().unwrap_or("{}");
            access::may(connection, caller, &bucket, Act::Write, What::ToCome(metadata))?;
            let (limits, accept) = limits_of(connection, &bucket)?;
            Ok((bucket, super::Checks { limits, accept }))
        })?;
        let source = Source { reader, name: original, size, progress: &mut |_| Ok(()) };
        let copied: Copied = self.copy_in(source, &checks, Durability::Alone)?;
        let arrival = Arrival {
            copied,
            folder,
            original_folder: original_folder.to_owned(),
            name,
            original_name,
            on_meeting: if incoming.keep_both { OnMeeting::KeepBoth } else { OnMeeting::Replace },
            facts: Facts { metadata: incoming.metadata, visibility: incoming.visibility },
            object: None,
        };
        Ok(Staged { arrival, bucket })
    }

    /// Takes everything that was staged for one bucket in, in one commit, or nothing of it. When this returns, it is
    /// durable.
    ///
    /// # Errors
    /// What any of them is refused for: `too_many_files`, `quota_exceeded`, `forbidden`; `no_space`, `io`, `database`.
    /// Then nothing stays.
    pub fn object_commit(&self, caller: &Caller, staged: Vec<Staged>) -> Result<Vec<Put>> {
        let Some(bucket) = staged.first().map(|first| first.bucket.clone()) else { return Ok(Vec::new()) };
        let arrivals = staged.into_iter().map(|staged| staged.arrival).collect();
        self.commit_with(caller, &bucket, arrivals, Refusal::OfAll)?.into_iter().collect()
    }
}
