//! Who asks, and through which face.

use crate::{Code, Error, Result, model::Bucket};

/// A way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The person at the window, who is the workspace's admin.
    Window,
    /// The person at a terminal.
    Cli,
    /// The holder of a link.
    Link,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    face: Face,
    name: String,
}

impl Caller {
    /// The person at the window.
    pub fn window() -> Self {
        Self { face: Face::Window, name: person() }
    }

    /// The person at a terminal.
    pub fn cli() -> Self {
        Self { face: Face::Cli, name: person() }
    }

    /// Whoever holds a link.
    pub fn link() -> Self {
        Self { face: Face::Link, name: String::new() }
    }

    /// The same face under another name; for tests and scripts that act for somebody.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The way the caller came in.
    pub fn face(&self) -> Face {
        self.face
    }

    /// The caller's name as it is recorded with what they do.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Refuses a bucket that is switched off: it refuses every face but the window (DESIGN section 3).
    pub(crate) fn may_enter(&self, bucket: &Bucket) -> Result<()> {
        if bucket.enabled || self.face == Face::Window {
            return Ok(());
        }
        let message =
            format!("“{}” is switched off. Switch it on in its Settings to use it from here.", bucket.title);
        Err(Error::new(Code::BucketDisabled, message).with("bucket", &bucket.id))
    }
}

/// The name of the system's user.
fn person() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|key| std::env::var(key).ok().filter(|name| !name.trim().is_empty()))
        .unwrap_or_else(|| "You".to_owned())
}
