//! Content in memory, one step at a time as the local directory does it, with its two locks. Between any two steps another
//! thread may have its turn.

use engine::Result;
use engine::blob::{Address, Blobs, Capabilities, Content, Hold, Memory, Staging, Ticket};
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::atomic::{AtomicUsize, Ordering};
use shuttle::sync::{Condvar, Mutex};
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

/// What a negative control leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// A put does not keep sweeps waiting.
    HoldOfSweeps,
    /// A backup does not keep removals waiting.
    HoldOfRemovals,
}

/// The steps, and what is between them.
pub struct Steps {
    memory: Memory,
    /// Directories that were made and have no file yet. No turn is taken while this is locked.
    making: std::sync::Mutex<BTreeSet<Address>>,
    sweeps: Arc<Gate>,
    removals: Arc<Gate>,
    without: Option<Without>,
}

/// Another thread may have its turn here.
fn step() {
    AtomicUsize::new(0).load(Ordering::SeqCst);
}

impl Steps {
    pub fn new(without: Option<Without>) -> Self {
        Self {
            memory: Memory::default(),
            making: std::sync::Mutex::default(),
            sweeps: Arc::default(),
            removals: Arc::default(),
            without,
        }
    }

    fn place_one(&self, ticket: &Ticket, address: &Address) -> io::Result<()> {
        step();
        self.making.lock().unwrap().insert(address.clone());
        step();
        if !self.making.lock().unwrap().remove(address) {
            // Somebody took the directory away.
            return Err(io::ErrorKind::NotFound.into());
        }
        self.memory.place(&[(ticket.clone(), address.clone())])
    }
}

impl Blobs for Steps {
    fn capabilities(&self) -> Capabilities {
        self.memory.capabilities()
    }

    fn stage(&self) -> io::Result<Box<dyn Staging>> {
        self.memory.stage()
    }

    fn place(&self, batch: &[(Ticket, Address)]) -> io::Result<()> {
        let placed = batch.iter().try_for_each(|(ticket, address)| self.place_one(ticket, address));
        step();
        placed.or_else(|error| {
            batch.iter().try_for_each(|(_, address)| self.memory.remove(address))?;
            Err(error)
        })
    }

    fn discard(&self, ticket: &Ticket) {
        self.memory.discard(ticket);
    }

    fn open(&self, address: &Address) -> io::Result<Box<dyn Content>> {
        step();
        Ok(Box::new(Reading(self.memory.open(address)?)))
    }

    fn remove(&self, address: &Address) -> io::Result<()> {
        step();
        self.making.lock().unwrap().remove(address);
        self.memory.remove(address)?;
        step();
        Ok(())
    }

    fn list(&self, each: &mut dyn FnMut(Address) -> bool) -> io::Result<()> {
        let mut all = Vec::from_iter(self.making.lock().unwrap().iter().cloned());
        self.memory.list(&mut |address| {
            all.push(address);
            true
        })?;
        all.sort();
        for address in all {
            step();
            if !each(address) {
                break;
            }
        }
        Ok(())
    }

    fn clear_stagings(&self) -> io::Result<u64> {
        step();
        Ok(0)
    }

    fn free(&self) -> Option<u64> {
        None
    }

    fn hold_sweeps(&self) -> Result<Hold> {
        step();
        if self.without == Some(Without::HoldOfSweeps) {
            return Ok(Hold::of(()));
        }
        Ok(Hold::of(self.sweeps.share()))
    }

    fn hold_removals(&self) -> Result<Option<Hold>> {
        if self.without == Some(Without::HoldOfRemovals) {
            return Ok(Some(Hold::of(())));
        }
        Ok(self.removals.alone().map(Hold::of))
    }

    fn may_remove(&self) -> Option<Hold> {
        step();
        self.removals.try_share().map(Hold::of)
    }

    fn begin_sweep(&self) -> Result<Option<Hold>> {
        Ok(self.sweeps.alone().map(Hold::of))
    }
}

/// Content that takes a turn for each piece that is read.
struct Reading(Box<dyn Content>);

impl Content for Reading {
    fn size(&self) -> u64 {
        self.0.size()
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        step();
        self.0.read_at(buffer, offset)
    }
}

/// A lock that many share or one has alone, with patience that may end.
#[derive(Default)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    sharing: usize,
    alone: bool,
}

/// A lock that is held.
struct Held {
    gate: Arc<Gate>,
    alone: bool,
}

impl Gate {
    fn share(self: &Arc<Self>) -> Held {
        let mut state = self.changed.wait_while(self.state.lock().unwrap(), |state| state.alone).unwrap();
        state.sharing += 1;
        Held { gate: Arc::clone(self), alone: false }
    }

    fn try_share(self: &Arc<Self>) -> Option<Held> {
        let mut state = self.state.lock().unwrap();
        if state.alone {
            return None;
        }
        state.sharing += 1;
        Some(Held { gate: Arc::clone(self), alone: false })
    }

    fn alone(self: &Arc<Self>) -> Option<Held> {
        let patient = thread_rng().gen_range(0..4) > 0;
        let mut state = self.state.lock().unwrap();
        while state.alone || state.sharing > 0 {
            if !patient {
                return None;
            }
            state = self.changed.wait(state).unwrap();
        }
        state.alone = true;
        Some(Held { gate: Arc::clone(self), alone: true })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Poisoned only where the test has failed already.
        let Ok(mut state) = self.gate.state.lock() else { return };
        if self.alone {
            state.alone = false;
        } else {
            state.sharing -= 1;
        }
        self.gate.changed.notify_all();
    }
}
