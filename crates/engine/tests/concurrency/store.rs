//! A store that can fail in every way, remembers all that was asked of it, and knows what is durable.

use crate::db::commits::Commits;
use crate::db::group::{Store, Work};
use crate::{Code, Error, Result};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// Which write of which writer.
pub type Id = (usize, usize);

/// How a commit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Well.
    Done,
    /// It fails before any work ran.
    Unbegun,
    /// It fails, and nothing is durable.
    Lost,
    /// It says that it failed, and yet all of it is durable.
    Unsure,
}

/// A batch that was to be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub fate: Fate,
    pub members: usize,
    /// In the order in which they ran.
    pub ran: Vec<Id>,
    /// Those of them that were not undone.
    pub kept: Vec<Id>,
}

/// What happened in the store. Its lock is none that a scheduler decides on, and is never held over a turn.
#[derive(Default)]
pub struct Ledger {
    batches: Mutex<Vec<Batch>>,
    durable: Mutex<Vec<Id>>,
}

impl Ledger {
    pub fn batches(&self) -> Vec<Batch> {
        self.batches.lock().unwrap().clone()
    }

    /// In the order of the commits.
    pub fn durable(&self) -> Vec<Id> {
        self.durable.lock().unwrap().clone()
    }

    pub fn is_durable(&self, id: Id) -> bool {
        self.durable.lock().unwrap().contains(&id)
    }

    fn make_durable(&self, ids: &[Id]) {
        self.durable.lock().unwrap().extend(ids);
    }
}

/// The store, with the fates of its commits; those after the last are done.
pub struct Model {
    pub ledger: Arc<Ledger>,
    pub commits: Arc<Commits>,
    pub fates: VecDeque<Fate>,
    /// For a negative control: the commit says that it is done and happens later.
    pub hasty: bool,
}

/// What work writes through: the writes since the savepoint.
#[derive(Default)]
pub struct View(RefCell<Vec<Id>>);

impl View {
    pub fn write(&self, id: Id) {
        self.0.borrow_mut().push(id);
    }
}

impl Store for Model {
    type View = View;

    fn commit(&mut self, batch: &mut [Box<dyn Work<View>>]) -> Result<()> {
        let fate = self.fates.pop_front().unwrap_or(Fate::Done);
        let mut done = Batch { fate, members: batch.len(), ran: Vec::new(), kept: Vec::new() };
        if fate != Fate::Unbegun {
            for work in batch {
                let view = View::default();
                let stays = work.run(&view);
                let written = view.0.into_inner();
                done.ran.extend(&written);
                done.kept.extend(written.iter().filter(|_| stays));
            }
        }
        let number = {
            let mut batches = self.ledger.batches.lock().unwrap();
            batches.push(done.clone());
            batches.len() - 1
        };
        if matches!(fate, Fate::Done | Fate::Unsure) {
            self.make_durable(done.kept);
        }
        match fate {
            Fate::Done => self.commits.announce(),
            _ => return Err(Error::new(Code::Io, "The commit failed.").with("batch", number)),
        }
        Ok(())
    }
}

impl Model {
    fn make_durable(&self, kept: Vec<Id>) {
        if self.hasty {
            let ledger = Arc::clone(&self.ledger);
            shuttle::thread::spawn(move || ledger.make_durable(&kept));
        } else {
            self.ledger.make_durable(&kept);
        }
    }
}
