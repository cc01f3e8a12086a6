//! Where content lies. A backend stages content, makes it durable under its address, reads it, and removes it; it
//! knows no rows and no rules.
//!
//! Every backend passes the one suite in `conformance`.

mod local;
mod memory;

#[cfg(test)]
mod conformance;

use crate::Result;
use std::io::{self, Write};
use std::sync::Arc;

pub use local::Local;
pub use memory::Memory;

/// The address of a content: `<bucket id>/<content id>/<name>`. A content id is used once and never again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// Bucket id.
    pub bucket: String,
    /// Content id.
    pub content: String,
    /// Normalised name.
    pub name: String,
}

/// When staged bytes are made durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// When the staging is sealed, by itself; or when it is placed, where that is quicker.
    Alone,
    /// When the batch is placed, all together.
    Together,
}

/// Content that is being written. Dropped unsealed, nothing of it stays.
pub trait Staging: Write + Send {
    /// Ends the writing. The bytes are durable once the ticket is placed.
    ///
    /// # Errors
    /// A failed sync is never tried again on the same descriptor: the staging is gone.
    fn seal(self: Box<Self>, durability: Durability) -> io::Result<Ticket>;
}

/// Names sealed content that is not in place yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ticket {
    name: String,
    /// When its bytes began to be written, if they are not durable yet and wait for the batch.
    waits: Option<local::Since>,
}

/// Content to read.
pub trait Content: Send + Sync {
    /// Bytes in all.
    fn size(&self) -> u64;
    /// Reads at an offset; 0 at the end. It reads what was there when it was opened, whatever is removed meanwhile.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
    /// The same, as far as the bytes lie in memory already. `None` if it would have to wait for them.
    fn read_at_hand(&self, _: &mut [u8], _: u64) -> io::Result<Option<usize>> {
        Ok(None)
    }
}

/// What a backend can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether content outlives the process.
    pub durable: bool,
    /// Whether each content is a file that other programs could read.
    pub files: bool,
}

/// Makes the entries of a directory durable.
pub(crate) fn sync_directory(path: &std::path::Path) -> io::Result<()> {
    local::sync_directory(path)
}

/// The hash by which content is known: BLAKE3, in hex.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A place for content.
pub trait Blobs: Send + Sync {
    /// What this backend can do.
    fn capabilities(&self) -> Capabilities;

    /// Begins a content.
    fn stage(&self) -> io::Result<Box<dyn Staging>>;

    /// Puts sealed contents in place. When this returns, their bytes and their names are durable. If it fails, none of
    /// them is in place, but for what a crash leaves to the sweep.
    fn place(&self, batch: &[(Ticket, Address)]) -> io::Result<()>;

    /// Writes beside sealed content what is needed to know it again without the database. No sync of its own; where the
    /// file system has no place for it, nothing is written.
    fn tag(&self, _: &Ticket, _: &[u8]) {}

    /// The same for a bucket, once its first content is in place.
    fn tag_bucket(&self, _: &str, _: &[u8]) {}

    /// What was written beside a content.
    fn tag_of(&self, _: &Address) -> Option<Vec<u8>> {
        None
    }

    /// What was written beside a bucket.
    fn tag_of_bucket(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    /// Throws sealed content away. One that was placed or thrown away already is no error.
    fn discard(&self, ticket: &Ticket);

    /// Opens a content. `NotFound` if it is not there.
    fn open(&self, address: &Address) -> io::Result<Box<dyn Content>>;

    /// Removes a content. One that is not there is no error.
    fn remove(&self, address: &Address) -> io::Result<()>;

    /// Tells of every content in place, in no order, until `each` says stop.
    fn list(&self, each: &mut dyn FnMut(Address) -> bool) -> io::Result<()>;

    /// Removes what stagings of ended processes left; how many.
    fn clear_stagings(&self) -> io::Result<u64>;

    /// Free bytes, where that is known.
    fn free(&self) -> Option<u64>;

    /// While the answer lives, no sweep of any process takes placed content for an orphan: held from before
    /// [`Blobs::place`] until the commit.
    fn hold_sweeps(&self) -> Result<Hold>;

    /// While the answer lives, nobody removes content: for a backup, which must find all that its snapshot names. `None` if
    /// another one holds already.
    fn hold_removals(&self) -> Result<Option<Hold>> {
        Ok(Some(Hold::of(())))
    }

    /// Leave to remove content, while the answer lives. Without it, the content is left to a later sweep.
    fn may_remove(&self) -> Option<Hold> {
        Some(Hold::of(()))
    }

    /// Waits until nobody holds sweeps, and keeps new holders waiting while the answer lives. `None` if somebody does
    /// not let go soon.
    fn begin_sweep(&self) -> Result<Option<Hold>>;
}

/// Something held until it is dropped.
pub struct Hold {
    _guard: Box<dyn Send>,
}

impl Hold {
    /// Holds what gives up its hold when it is dropped.
    pub fn of(guard: impl Send + 'static) -> Self {
        Self { _guard: Box::new(guard) }
    }
}

/// Sealed content that is thrown away unless it was placed.
pub struct Sealed {
    ticket: Option<Ticket>,
    blobs: Arc<dyn Blobs>,
}

impl Sealed {
    /// Takes charge of a ticket.
    pub fn new(ticket: Ticket, blobs: Arc<dyn Blobs>) -> Self {
        Self { ticket: Some(ticket), blobs }
    }

    /// The ticket, while it is not placed.
    pub fn ticket(&self) -> Option<&Ticket> {
        self.ticket.as_ref()
    }

    /// It was placed: there is nothing left to throw away.
    pub fn placed(&mut self) {
        self.ticket = None;
    }
}

impl Drop for Sealed {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.blobs.discard(&ticket);
        }
    }
}
