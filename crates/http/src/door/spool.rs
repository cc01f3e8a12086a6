//! Files of a form whose bucket is named only after them wait in files without a name, in the home, which go when they are
//! closed: after a crash nothing of them is left.

use super::body;
use axum::body::Bytes;
use engine::{Code, Error, Result};
use futures_util::Stream;
use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The most that waits so of one form, in bytes.
const OF_FORM: u64 = 1 << 30;
/// The most that waits so of all forms at a time.
const OF_ALL: u64 = 4 << 30;

/// What waits of all forms.
pub struct Spool {
    home: PathBuf,
    waiting: Arc<AtomicU64>,
}

/// What waits of one form.
pub struct Waiting<'a> {
    spool: &'a Spool,
    size: u64,
}

/// A waiting file, at its beginning.
pub struct Spooled {
    /// To read it from.
    pub file: File,
    /// What it takes of the room of all.
    taken: Taken,
}

/// Room that is given back.
struct Taken {
    waiting: Arc<AtomicU64>,
    size: u64,
}

impl Spool {
    /// That of a home.
    pub fn of(home: &Path) -> Self {
        Self { home: home.to_owned(), waiting: Arc::default() }
    }

    /// For one form.
    pub fn form(&self) -> Waiting<'_> {
        Waiting { spool: self, size: 0 }
    }
}

impl Waiting<'_> {
    /// Takes a stream in.
    ///
    /// # Errors
    /// `too_large` if more than 1 GiB of the form waits; `bad_request` for a stream that breaks off; `no_space`, also if more
    /// than 4 GiB wait of all forms; `io`.
    pub async fn take<E: std::fmt::Display>(
        &mut self,
        pieces: &mut (impl Stream<Item = std::result::Result<Bytes, E>> + Unpin),
    ) -> Result<Spooled> {
        let mut file = tempfile::tempfile_in(&self.spool.home).map_err(unkept)?;
        let mut taken = Taken { waiting: Arc::clone(&self.spool.waiting), size: 0 };
        while let Some(piece) = body::next(pieces).await? {
            self.size += piece.len() as u64;
            if self.size > OF_FORM {
                let message = "The files that come before the name of their bucket may have 1 GiB together. Name the \
                    bucket first.";
                return Err(Error::new(Code::TooLarge, message).with("limit", OF_FORM));
            }
            taken.more(piece.len() as u64)?;
            let write = tokio::task::spawn_blocking(move || file.write_all(&piece).map(|()| file));
            file = write.await.map_err(std::io::Error::other).and_then(|written| written).map_err(unkept)?;
        }
        file.rewind().map_err(unkept)?;
        Ok(Spooled { file, taken })
    }
}

impl Spooled {
    /// Bytes.
    pub fn size(&self) -> u64 {
        self.taken.size
    }
}

impl Taken {
    fn more(&mut self, size: u64) -> Result<()> {
        self.size += size;
        if self.waiting.fetch_add(size, Ordering::Relaxed) + size > OF_ALL {
            let message = "Too much waits for the names of its buckets. Name the bucket before its files, or try again later.";
            return Err(Error::new(Code::NoSpace, message).with("limit", OF_ALL));
        }
        Ok(())
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.waiting.fetch_sub(self.size, Ordering::Relaxed);
    }
}

fn unkept(error: std::io::Error) -> Error {
    Error::storage(error, "keep an upload until its bucket is named")
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use std::convert::Infallible;
    use std::io::Read as _;

    fn pieces(
        count: usize,
        size: usize,
    ) -> impl Stream<Item = std::result::Result<Bytes, Infallible>> + Unpin {
        stream::iter(std::iter::repeat_n(Ok(Bytes::from(vec![7; size])), count))
    }

    #[tokio::test]
    async fn what_waits_is_kept_without_a_name_and_its_room_given_back() {
        let home = tempfile::tempdir().unwrap();
        let spool = Spool::of(home.path());
        let mut form = spool.form();
        let mut one = form.take(&mut pieces(3, 1000)).await.unwrap();
        let other = form.take(&mut pieces(1, 50)).await.unwrap();
        assert_eq!((one.size(), other.size(), spool.waiting.load(Ordering::Relaxed)), (3000, 50, 3050));
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        let mut content = Vec::new();
        one.file.read_to_end(&mut content).unwrap();
        assert_eq!(content, [7; 3000]);
        drop((one, other));
        assert_eq!(spool.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn the_files_of_a_form_share_one_limit_and_all_forms_another() {
        let home = tempfile::tempdir().unwrap();
        let spool = Spool::of(home.path());
        let mut form = spool.form();
        form.size = OF_FORM - 100;
        form.take(&mut pieces(1, 60)).await.unwrap();
        let refused = form.take(&mut pieces(1, 60)).await.err().unwrap();
        assert_eq!(refused.code(), Code::TooLarge);
        spool.waiting.store(OF_ALL - 10, Ordering::Relaxed);
        let refused = spool.form().take(&mut pieces(1, 11)).await.err().unwrap();
        assert_eq!(refused.code(), Code::NoSpace);
        assert_eq!(spool.waiting.load(Ordering::Relaxed), OF_ALL - 10);
        spool.form().take(&mut pieces(1, 10)).await.unwrap();
    }
}
