//! What threads of this house meet at: locks and channels. What is subtle names them through here, so that the test which
//! explores its interleavings can build the very same files on others (tests/concurrency).

pub use parking_lot::{Condvar, Mutex};
pub use std::sync::mpsc::{SyncSender, sync_channel};
