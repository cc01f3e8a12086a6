//! What a caller may hear of what happened: an admin everything, others what concerns the buckets and objects that they
//! may see.

use super::access::{self, What};
use crate::db::table;
use crate::model::{Act, Bucket, Event, ObjectRef};
use crate::{Caller, Engine, Result};
use rusqlite::Connection;
use std::collections::HashMap;

/// The most events looked at for one answer.
const PIECE: u32 = 1000;

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The events that the caller may hear of, oldest first.
    pub events: Vec<Event>,
    /// The newest event that was looked at: what comes next is after it.
    pub last: u64,
    /// Whether there may be more already.
    pub more: bool,
}

impl Engine {
    /// The id of the newest event, or 0.
    ///
    /// # Errors
    /// `database`.
    pub fn newest_event(&self) -> Result<u64> {
        self.read(table::event::newest)
    }

    /// Those of the next events after `after` that the caller may hear of.
    ///
    /// # Errors
    /// `sign_in_needed`, `database`.
    pub fn events_for(&self, caller: &Caller, after: u64) -> Result<Told> {
        caller.need_sign_in()?;
        self.read(|connection| {
            let mut events = table::event::after(connection, after, None, PIECE)?;
            let last = events.last().map_or(after, |event| event.id);
            let more = events.len() == PIECE as usize;
            if !caller.is_admin() {
                let mut seen = Sight { connection, caller, buckets: HashMap::new() };
                let mut kept = Vec::with_capacity(events.len());
                for event in events {
                    if seen.may_hear(&event)? {
                        kept.push(event);
                    }
                }
                events = kept;
            }
            Ok(Told { events, last, more })
        })
    }
}

/// What one caller may see, bucket by bucket.
struct Sight<'a> {
    connection: &'a Connection,
    caller: &'a Caller,
    buckets: HashMap<String, Option<Bucket>>,
}

impl Sight<'_> {
    fn may_hear(&mut self, event: &Event) -> Result<bool> {
        let Some(bucket) = &event.bucket else { return Ok(false) };
        let Some(bucket) = self.bucket(bucket)? else { return Ok(false) };
        let Some(object) = &event.object else { return Ok(true) };
        let reference = ObjectRef::Id(object.clone());
        let Some(object) = table::object::find(self.connection, bucket.seq, &reference, true)? else {
            // It is gone for good, and nobody can tell any more who could read it.
            return Ok(false);
        };
        let verdict =
            access::verdict(self.connection, &self.caller.asker(), &bucket, Act::Read, What::There(&object))?;
        Ok(verdict.allowed)
    }

    /// The bucket, if the caller may know of it.
    fn bucket(&mut self, id: &str) -> Result<Option<Bucket>> {
        if let Some(known) = self.buckets.get(id) {
            return Ok(known.clone());
        }
        let found = table::bucket::find(self.connection, id)?;
        let seen = found.filter(|bucket| access::may_see(self.caller, bucket));
        self.buckets.insert(id.to_owned(), seen.clone());
        Ok(seen)
    }
}
