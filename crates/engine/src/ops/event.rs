//! What a caller may hear of what happened: an admin everything, others what concerns the buckets and objects that they
//! may see. That an object is gone for good is told by its ids alone, to whoever could read it as it was and its bucket's
//! policy says so without a rule, so that nobody goes on showing it.

use super::access::{self, What};
use crate::db::table;
use crate::db::table::bucket::Gone;
use crate::model::{Act, Bucket, Event, EventKind, ObjectRef, Policy, Rules};
use crate::rules::cel::Budget;
use crate::rules::policy::{self, Subject};
use crate::{Caller, Engine, Result};
use rusqlite::Connection;
use std::collections::HashMap;
use std::rc::Rc;

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
    buckets: HashMap<String, Rc<Lives>>,
    budget: Budget,
}

/// The buckets that had an id, one after the other.
struct Lives {
    /// Those that are gone for good, oldest first.
    gone: Vec<Gone>,
    /// The one that has it.
    there: Option<Bucket>,
}

impl Sight<'_> {
    /// The event as the caller may hear it, if they may.
    fn as_heard(&mut self, event: Event) -> Result<Option<Event>> {
        let Some(bucket) = &event.bucket else { return Ok(None) };
        let lives = self.lives(bucket)?;
        let gone = lives.gone.iter().find(|gone| event.id <= gone.last);
        let there = lives.there.as_ref().filter(|_| gone.is_none());
        let (owner, policy, rules) = match (gone, there) {
            (Some(gone), _) => (&gone.owner, gone.policy, &gone.rules),
            (None, Some(bucket)) => (&bucket.created_by, bucket.policy, &bucket.rules),
            (None, None) => return Ok(None),
        };
        if !access::may_know_of(self.caller, owner, policy, rules) {
            return Ok(None);
        }
        let Some(object) = &event.object else { return Ok(Some(event)) };
        if let Some(bucket) = there {
            let reference = ObjectRef::Id(object.clone());
            if let Some(object) = table::object::find(self.connection, bucket.seq, &reference, true)? {
                let (asker, what) = (self.caller.asker(), What::There(&object));
                let verdict =
                    access::verdict_within(self.connection, &asker, bucket, Act::Read, what, &self.budget)?;
                return Ok(verdict.allowed.then_some(event));
            }
        }
        self.bare(event, owner, policy)
    }

    fn lives(&mut self, id: &str) -> Result<Rc<Lives>> {
        if let Some(known) = self.buckets.get(id) {
            return Ok(Rc::clone(known));
        }
        // A slug may be the id that another bucket had.
        let there = table::bucket::find(self.connection, id)?.filter(|bucket| bucket.id == id);
        let lives = Rc::new(Lives { gone: table::bucket::gone(self.connection, id)?, there });
        self.buckets.insert(id.to_owned(), Rc::clone(&lives));
        Ok(lives)
    }

    /// What can be told of an object that nobody can look at any more: that it went, to whoever could read it.
    fn bare(&self, event: Event, owner: &str, policy: Policy) -> Result<Option<Event>> {
        let went = [EventKind::ObjectDeleted, EventKind::ObjectPurged, EventKind::ObjectExpired];
        if !went.contains(&event.kind) {
            return Ok(None);
        }
        let Some((uploader, visibility)) = table::event::object_then(self.connection, event.id)? else {
            return Ok(None);
        };
        let subject =
            Subject { owner, uploader: Some(&uploader), uploader_id: "", visibility, metadata: "{}" };
        // What a rule would look at is not kept: none is asked, and that denies.
        let verdict = policy::decide(policy, &Rules::default(), Act::Read, &self.caller.asker(), &subject);
        Ok(verdict.allowed.then(|| Event { detail: String::new(), by: String::new(), ..event }))
    }
}
