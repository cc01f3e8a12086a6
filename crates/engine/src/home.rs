//! The home directory: where it lies and how it is laid out.

use crate::{Code, Error, Result};
use std::path::{Path, PathBuf};

/// The places within a home.
#[derive(Debug, Clone)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// The layout below `root`; nothing is touched.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The home directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.root.join("pail.db")
    }

    /// The content of all objects: `files/<bucket id>/<content id>/<name>`.
    pub fn files(&self) -> PathBuf {
        self.root.join("files")
    }

    /// Locks of the processes that serve links, named for their addresses.
    pub fn serving(&self) -> PathBuf {
        self.root.join("serving")
    }

    /// Lock of the process that delivers messages to webhooks.
    pub fn webhooks_lock(&self) -> PathBuf {
        self.root.join("webhooks.lock")
    }

    /// Working copies that are being edited: `working/<object id>/<original name>`.
    pub fn working(&self) -> PathBuf {
        self.root.join("working")
    }

    /// Small pictures, made when first asked for: `thumbs/<content id>-<side>`. May be thrown away at any time.
    pub fn thumbs(&self) -> PathBuf {
        self.root.join("thumbs")
    }

    /// Read-only copies handed to other programs: `opened/<content id>/<original name>`.
    pub fn opened(&self) -> PathBuf {
        self.root.join("opened")
    }
}

/// The home to use: the one named, else `PAIL_HOME`, else the platform's data directory.
///
/// # Errors
/// `home_unusable` if the platform names no data directory.
pub fn locate(explicit: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(home) = explicit {
        return Ok(home);
    }
    if let Some(home) = std::env::var_os("PAIL_HOME").filter(|home| !home.is_empty()) {
        return Ok(PathBuf::from(home));
    }
    directories::ProjectDirs::from("", "", "pail").map(|dirs| dirs.data_dir().to_owned()).ok_or_else(|| {
        Error::new(
            Code::HomeUnusable,
            "This system names no data directory. Name a home with --home or PAIL_HOME.",
        )
    })
}
