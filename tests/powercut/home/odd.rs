//! The directory of files with another way to put content in its place.

use engine::blob::{Address, Blobs, Capabilities, Content, Hold, Local, Staging, Ticket};
use std::io;
use std::sync::Arc;

type Place = dyn Fn(&[(Ticket, Address)]) -> io::Result<()> + Send + Sync;

/// All but `place` is as it is.
pub struct Odd {
    local: Arc<Local>,
    place: Box<Place>,
}

impl Odd {
    /// With that way.
    pub fn new(
        local: Arc<Local>,
        place: impl Fn(&[(Ticket, Address)]) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self { local, place: Box::new(place) }
    }
}

impl Blobs for Odd {
    fn capabilities(&self) -> Capabilities {
        self.local.capabilities()
    }

    fn stage(&self) -> io::Result<Box<dyn Staging>> {
        self.local.stage()
    }

    fn place(&self, batch: &[(Ticket, Address)]) -> io::Result<()> {
        (self.place)(batch)
    }

    fn discard(&self, ticket: &Ticket) {
        self.local.discard(ticket);
    }

    fn open(&self, address: &Address) -> io::Result<Box<dyn Content>> {
        self.local.open(address)
    }

    fn remove(&self, address: &Address) -> io::Result<()> {
        self.local.remove(address)
    }

    fn list(&self, each: &mut dyn FnMut(Address) -> bool) -> io::Result<()> {
        self.local.list(each)
    }

    fn clear_stagings(&self) -> io::Result<u64> {
        self.local.clear_stagings()
    }

    fn free(&self) -> Option<u64> {
        self.local.free()
    }

    fn hold_sweeps(&self) -> engine::Result<Hold> {
        self.local.hold_sweeps()
    }

    fn begin_sweep(&self) -> engine::Result<Option<Hold>> {
        self.local.begin_sweep()
    }
}
