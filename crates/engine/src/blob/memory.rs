//! Content in memory: for tests of what stands above.

use super::{Address, Blobs, Capabilities, Content, Durability, Hold, Staging, Ticket};
use crate::Result;
use parking_lot::{Mutex, RwLock};
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A backend without a disk.
#[derive(Default)]
pub struct Memory {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    staged: Mutex<HashMap<String, Vec<u8>>>,
    placed: Mutex<HashMap<Address, Arc<Vec<u8>>>>,
    next: AtomicU64,
    sweeps: Arc<RwLock<()>>,
}

struct Writing {
    shared: Arc<Shared>,
    bytes: Vec<u8>,
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Staging for Writing {
    fn seal(self: Box<Self>, _: Durability) -> io::Result<Ticket> {
        let name = self.shared.next.fetch_add(1, Ordering::Relaxed).to_string();
        self.shared.staged.lock().insert(name.clone(), self.bytes);
        Ok(Ticket { name, waits: None })
    }
}

struct Reading(Arc<Vec<u8>>);

impl Content for Reading {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(self.0.len());
        let count = buffer.len().min(self.0.len() - start);
        buffer[..count].copy_from_slice(&self.0[start..start + count]);
        Ok(count)
    }

    fn read_at_hand(&self, buffer: &mut [u8], offset: u64) -> io::Result<Option<usize>> {
        self.read_at(buffer, offset).map(Some)
    }
}

impl Blobs for Memory {
    fn capabilities(&self) -> Capabilities {
        Capabilities { durable: false, files: false }
    }

    fn stage(&self) -> io::Result<Box<dyn Staging>> {
        Ok(Box::new(Writing { shared: Arc::clone(&self.shared), bytes: Vec::new() }))
    }

    fn place(&self, batch: &[(Ticket, Address)]) -> io::Result<()> {
        let mut staged = self.shared.staged.lock();
        if batch.iter().any(|(ticket, _)| !staged.contains_key(&ticket.name)) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut placed = self.shared.placed.lock();
        for (ticket, address) in batch {
            if let Some(bytes) = staged.remove(&ticket.name) {
                placed.insert(address.clone(), Arc::new(bytes));
            }
        }
        Ok(())
    }

    fn discard(&self, ticket: &Ticket) {
        self.shared.staged.lock().remove(&ticket.name);
    }

    fn open(&self, address: &Address) -> io::Result<Box<dyn Content>> {
        match self.shared.placed.lock().get(address) {
            Some(bytes) => Ok(Box::new(Reading(Arc::clone(bytes)))),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn remove(&self, address: &Address) -> io::Result<()> {
        self.shared.placed.lock().remove(address);
        Ok(())
    }

    fn list(&self, each: &mut dyn FnMut(Address) -> bool) -> io::Result<()> {
        let all: Vec<Address> = self.shared.placed.lock().keys().cloned().collect();
        all.into_iter().all(each);
        Ok(())
    }

    fn clear_stagings(&self) -> io::Result<u64> {
        Ok(0)
    }

    fn free(&self) -> Option<u64> {
        None
    }

    fn hold_sweeps(&self) -> Result<Hold> {
        Ok(Hold::of(self.shared.sweeps.read_arc()))
    }

    fn begin_sweep(&self) -> Result<Option<Hold>> {
        Ok(self.shared.sweeps.try_write_arc().map(Hold::of))
    }
}
