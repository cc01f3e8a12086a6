//! What a caller may hear of what happened: an admin everything, others what concerns the buckets and objects that they
//! may see. Of an object that is gone for good nobody can tell any more who could read it; that it went is told by its ids
//! alone, to whoever may see its bucket, so that nobody goes on showing it.

use super::access::{self, What};
use crate::db::table;
use crate::model::{Act, Bucket, Event, EventKind, ObjectRef};
use crate::rules::cel::Budget;
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
            let mut last = events.last().map_or(after, |event| event.id);
            let mut more = events.len() == PIECE as usize;
            if !caller.is_admin() {
                let mut seen =
                    Sight { connection, caller, buckets: HashMap::new(), budget: Budget::default() };
                let (mut kept, mut judged) = (Vec::with_capacity(events.len()), after);
                for event in events {
                    let id = event.id;
                    let heard = seen.as_heard(event)?;
                    if seen.budget.is_spent() {
                        // A rule takes so much that the rest has to wait for its turn.
                        (last, more) = (judged, true);
                        break;
                    }
                    kept.extend(heard);
                    judged = id;
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
    buckets: HashMap<String, Seen>,
    budget: Budget,
}

/// A bucket, for one caller.
#[derive(Clone)]
enum Seen {
    There(Box<Bucket>),
    /// It is gone for good, and they could see it.
    Gone,
    /// They may not know of it.
    Hidden,
}

impl Sight<'_> {
    /// The event as the caller may hear it, if they may.
    fn as_heard(&mut self, event: Event) -> Result<Option<Event>> {
        let Some(bucket) = &event.bucket else { return Ok(None) };
        let bucket = match self.bucket(bucket)? {
            Seen::There(bucket) => Some(bucket),
            Seen::Gone => None,
            Seen::Hidden => return Ok(None),
        };
        let Some(object) = &event.object else { return Ok(Some(event)) };
        let reference = ObjectRef::Id(object.clone());
        let found = match &bucket {
            Some(bucket) => table::object::find(self.connection, bucket.seq, &reference, true)?,
            None => None,
        };
        let (Some(bucket), Some(object)) = (&bucket, &found) else {
            return Ok(bare(event));
        };
        let (asker, what) = (self.caller.asker(), What::There(object));
        let verdict = access::verdict_within(self.connection, &asker, bucket, Act::Read, what, &self.budget)?;
        Ok(verdict.allowed.then_some(event))
    }

    fn bucket(&mut self, id: &str) -> Result<Seen> {
        if let Some(known) = self.buckets.get(id) {
            return Ok(known.clone());
        }
        let seen = match table::bucket::find(self.connection, id)? {
            Some(bucket) if access::may_see(self.caller, &bucket) => Seen::There(Box::new(bucket)),
            Some(_) => Seen::Hidden,
            None => match table::bucket::gone(self.connection, id)? {
                Some((owner, policy, rules)) if access::may_know_of(self.caller, &owner, policy, &rules) => {
                    Seen::Gone
                }
                _ => Seen::Hidden,
            },
        };
        self.buckets.insert(id.to_owned(), seen.clone());
        Ok(seen)
    }
}

/// What can be told of an object that nobody can look at any more: that it went.
fn bare(event: Event) -> Option<Event> {
    match event.kind {
        EventKind::ObjectDeleted | EventKind::ObjectPurged | EventKind::ObjectExpired => {
            Some(Event { detail: String::new(), by: String::new(), ..event })
        }
        _ => None,
    }
}
