//! Where this home's links are served now: noted in the home, beside a lock that ends with the serving process, however
//! that ends.

use crate::db::table;
use crate::model::Workspace;
use crate::{Engine, Error, Result, rules};
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

impl Engine {
    /// Notes that this home's links are served at `url` now, so that every face hands out links that work.
    ///
    /// # Errors
    /// `database`, `read_only`, `no_space`, `io`.
    pub fn announce_server(&self, url: &str) -> Result<()> {
        self.hold_address(url).map_err(|error| Error::storage(error, "note where it serves links"))?;
        let url = url.to_owned();
        self.write(move |connection| table::workspace::set_server(connection, Some(&url)))
    }

    /// Takes the note back, if no other server has written its own meanwhile.
    ///
    /// # Errors
    /// `database`.
    pub fn withdraw_server(&self, url: &str) -> Result<()> {
        if self.inner.serving.lock().remove(url).is_some() {
            // One that stays is free, and says nothing.
            let _ = fs::remove_file(self.address_lock(url));
        }
        let url = url.to_owned();
        self.write(move |connection| table::workspace::clear_server(connection, &url))
    }

    /// Without the address of a server that was killed and could not take its note back.
    pub(super) fn with_living_server(&self, workspace: Workspace) -> Workspace {
        Workspace { server: workspace.server.filter(|url| self.is_served(url)), ..workspace }
    }

    fn is_served(&self, url: &str) -> bool {
        File::open(self.address_lock(url)).is_ok_and(|lock| lock.try_lock_shared().is_err())
    }

    fn hold_address(&self, url: &str) -> io::Result<()> {
        let mut serving = self.inner.serving.lock();
        if serving.contains_key(url) {
            return Ok(());
        }
        let path = self.address_lock(url);
        fs::create_dir_all(self.inner.home.serving())?;
        let lock = File::create(path)?;
        lock.lock()?;
        serving.insert(url.to_owned(), lock);
        Ok(())
    }

    fn address_lock(&self, url: &str) -> PathBuf {
        let name = rules::name::normalise(url).unwrap_or_else(|_| "_".to_owned());
        self.inner.home.serving().join(name)
    }
}
