//! A small or read-only file system, where the system lets tests have one.

use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A mounted file system, until it is dropped.
pub struct Mount {
    at: TempDir,
}

impl Mount {
    /// One that holds so many mebibytes; `None`, and the reason printed, where mounting is not allowed.
    pub fn of(mebibytes: u32) -> Option<Self> {
        let at = tempfile::tempdir().unwrap();
        let size = format!("size={mebibytes}m");
        mount(&["-t", "tmpfs", "-o", &size, "tmpfs"], at.path()).then(|| Self { at })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.at.path()
    }

    /// Takes the right to write away.
    pub fn make_read_only(&self) {
        assert!(mount(&["-o", "remount,ro"], self.path()), "a mount of ours can be made read-only");
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // Whoever still has a file open keeps it until they end.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

fn mount(arguments: &[&str], at: &Path) -> bool {
    match Command::new("mount").args(arguments).arg(at).output() {
        Ok(output) if output.status.success() => true,
        Ok(output) => {
            eprintln!("skipped, no file system can be mounted: {}", String::from_utf8_lossy(&output.stderr));
            false
        }
        Err(error) => {
            eprintln!("skipped, there is no mount: {error}");
            false
        }
    }
}
