//! Orphans: content without a row, left by a crash between the rename and the commit, or between the commit of a
//! purge and the unlink.

use crate::blob::Address;
use crate::db::table;
use crate::{Engine, Error, Result};

/// What a sweep removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Contents without a row.
    pub orphans: u64,
    /// Temporary files of ended processes.
    pub stagings: u64,
}

impl Engine {
    /// Removes orphans and what ended processes left staged.
    ///
    /// Candidates are gathered while puts go on; then, while no put of any process stands between its rename and its
    /// commit, each is looked up once more and removed if it still has no row.
    ///
    /// # Errors
    /// `io`, `database`; what is left is swept the next time.
    pub fn sweep(&self) -> Result<Swept> {
        let blobs = &self.inner.blobs;
        let stagings =
            blobs.clear_stagings().map_err(|error| Error::storage(error, "clear its temporary files"))?;
        self.clear_opened();
        self.forget_ended_links()?;
        self.forget_old_messages()?;
        let candidates = self.orphans()?;
        let mut swept = Swept { orphans: 0, stagings };
        if candidates.is_empty() {
            return Ok(swept);
        }
        let Some(_hold) = blobs.begin_sweep()? else { return Ok(swept) };
        let Some(_leave) = blobs.may_remove() else { return Ok(swept) };
        // A commit that failed may lie in the log and come to light at the next start. After one that succeeded it cannot.
        let now = self.now();
        self.write(move |connection| table::workspace::note_sweep(connection, now))?;
        for address in candidates {
            if !self.read(|connection| table::version::content_known(connection, &address.content))? {
                blobs.remove(&address).map_err(|error| Error::storage(error, "remove an orphan"))?;
                swept.orphans += 1;
            }
        }
        Ok(swept)
    }

    /// Contents that have no row now. One that is just being put may be among them.
    fn orphans(&self) -> Result<Vec<Address>> {
        let mut candidates = Vec::new();
        let mut refused = None;
        let known =
            |content: &str| self.read(|connection| table::version::content_known(connection, content));
        self.inner
            .blobs
            .list(&mut |address| match known(&address.content) {
                Ok(true) => true,
                Ok(false) => {
                    candidates.push(address);
                    true
                }
                Err(error) => {
                    refused = Some(error);
                    false
                }
            })
            .map_err(|error| Error::storage(error, "look through its files"))?;
        refused.map_or(Ok(candidates), Err)
    }

    /// Counts contents that have no row.
    pub(crate) fn count_orphans(&self) -> Result<u64> {
        Ok(self.orphans()?.len() as u64)
    }

    /// Copies that were handed to other programs are of no use once those have ended; who knows is the next start.
    fn clear_opened(&self) {
        let day = std::time::Duration::from_secs(24 * 60 * 60);
        let Ok(entries) = std::fs::read_dir(self.inner.home.opened()) else { return };
        for entry in entries.flatten() {
            let old = entry
                .metadata()
                .and_then(|meta| meta.modified())
                .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > day));
            if old {
                // One that is still in use is cleared another time.
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
    }
}
