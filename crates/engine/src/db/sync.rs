//! What threads of this room meet at: locks and channels. Group commit names them through here, so that the test which
//! explores its interleavings can build the very same files on others.

pub use parking_lot::{Condvar, Mutex};
pub use std::sync::mpsc::{SyncSender, sync_channel};
