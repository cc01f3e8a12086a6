//! Hashing what streams by: in place at first, and beside it on a thread of its own once there is much of it.

use std::io;
use std::mem;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, Scope, ScopedJoinHandle};

/// From so many bytes on, another thread is worth its price.
const MUCH: u64 = 8 << 20;
/// Pieces that may wait for the thread.
const WAITING: usize = 2;

/// A hash in the making. What was given to it belongs to it until it gives a buffer back.
pub(super) enum Hashing<'scope> {
    Here(Box<blake3::Hasher>, u64),
    Beside(Beside<'scope>),
}

/// The thread that hashes, with the way to it and the way back of the buffers.
pub(super) struct Beside<'scope> {
    full: SyncSender<(Vec<u8>, usize)>,
    empty: Receiver<Vec<u8>>,
    thread: ScopedJoinHandle<'scope, blake3::Hasher>,
}

impl<'scope> Hashing<'scope> {
    pub fn new() -> Self {
        Self::Here(Box::default(), 0)
    }

    /// Takes the first `length` bytes of a buffer and leaves one of the same size to be filled.
    ///
    /// # Errors
    /// The thread has ended, which it does not by itself.
    pub fn update<'env>(
        &mut self,
        scope: &'scope Scope<'scope, 'env>,
        buffer: &mut Vec<u8>,
        length: usize,
    ) -> io::Result<()> {
        match self {
            Self::Here(hasher, seen) => {
                hasher.update(&buffer[..length]);
                *seen += length as u64;
                if *seen >= MUCH
                    && let Ok(beside) = Beside::begin(scope, hasher.as_ref().clone(), buffer.len())
                {
                    // Where there is no other thread to be had, it goes on here.
                    *self = Self::Beside(beside);
                }
            }
            Self::Beside(beside) => {
                let ended = |_| io::Error::other("the thread that hashes has ended");
                let next = beside.empty.recv().map_err(|_| ended(()))?;
                let full = (mem::replace(buffer, next), length);
                beside.full.send(full).map_err(|_| ended(()))?;
            }
        }
        Ok(())
    }

    /// The hash of all that was given.
    ///
    /// # Errors
    /// The thread has panicked, which it does not by itself.
    pub fn finish(self) -> io::Result<[u8; 32]> {
        match self {
            Self::Here(hasher, _) => Ok(*hasher.finalize().as_bytes()),
            Self::Beside(Beside { full, thread, .. }) => {
                // It ends when nothing more can come.
                drop(full);
                let hasher =
                    thread.join().map_err(|_| io::Error::other("the thread that hashes has failed"))?;
                Ok(*hasher.finalize().as_bytes())
            }
        }
    }
}

impl<'scope> Beside<'scope> {
    fn begin<'env>(
        scope: &'scope Scope<'scope, 'env>,
        mut hasher: blake3::Hasher,
        size: usize,
    ) -> io::Result<Self> {
        let (full, to_hash) = sync_channel::<(Vec<u8>, usize)>(WAITING);
        let (hashed, empty) = sync_channel(WAITING + 1);
        for _ in 0..=WAITING {
            // There is room for all of them.
            let _ = hashed.send(vec![0; size]);
        }
        let thread = thread::Builder::new().name("pail-hash".to_owned()).spawn_scoped(scope, move || {
            for (buffer, length) in to_hash {
                hasher.update(&buffer[..length]);
                // Nobody waits for buffers any more once all has been read.
                let _ = hashed.send(buffer);
            }
            hasher
        })?;
        Ok(Self { full, empty, thread })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_all_bytes_wherever_it_is_made() {
        for pieces in [0_usize, 1, 7, 9, 40] {
            let (mut all, size) = (blake3::Hasher::new(), 1 << 20);
            let hash = thread::scope(|scope| {
                let (mut hashing, mut buffer) = (Hashing::new(), vec![0; size]);
                for piece in 0..pieces {
                    let length = size - piece * 1000;
                    assert_eq!(buffer.len(), size);
                    buffer.fill(piece as u8);
                    all.update(&buffer[..length]);
                    hashing.update(scope, &mut buffer, length).unwrap();
                }
                assert_eq!(matches!(hashing, Hashing::Beside(_)), pieces > 8);
                hashing.finish().unwrap()
            });
            assert_eq!(hash, *all.finalize().as_bytes(), "{pieces} pieces");
        }
    }
}
