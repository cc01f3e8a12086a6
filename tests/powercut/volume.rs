//! File systems on those disks: made, mounted through a loop device, unmounted whatever happens.

use crate::device::Device;
use crate::image::Image;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// How often something is tried that the machine may be too busy for.
const TRIES: usize = 3;

/// A kind of file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Ext4,
    Xfs,
    Btrfs,
}

impl Kind {
    /// All of them. The one that makes no more durable than it was asked to comes first.
    pub const ALL: [Self; 3] = [Self::Btrfs, Self::Ext4, Self::Xfs];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ext4 => "ext4",
            Self::Xfs => "xfs",
            Self::Btrfs => "btrfs",
        }
    }

    /// The program that makes one, and how: as small as it goes, and without work left for later.
    fn maker(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Ext4 => {
                ("mkfs.ext4", &["-q", "-F", "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0"])
            }
            Self::Xfs => ("mkfs.xfs", &["-q", "-f"]),
            Self::Btrfs => ("mkfs.btrfs", &["-q", "-f", "-m", "single", "-d", "single"]),
        }
    }

    fn mebibytes(self) -> u64 {
        match self {
            Self::Ext4 => 64,
            Self::Xfs => 300,
            Self::Btrfs => 160,
        }
    }

    /// Bytes that it trusts the disk to write whole. Tear the superblock of ext4 or btrfs, which has one checksum, and
    /// nothing can be mounted until somebody repairs it by hand.
    pub fn sector(self) -> usize {
        match self {
            Self::Xfs => 512,
            Self::Ext4 | Self::Btrfs => 4096,
        }
    }

    /// States of one file system carry one id, which xfs minds; discards would only be refused.
    fn options(self) -> &'static str {
        match self {
            Self::Ext4 => "loop,noatime",
            Self::Xfs => "loop,noatime,nouuid",
            Self::Btrfs => "loop,noatime,nodiscard",
        }
    }

    /// Whether the program that makes one is here.
    pub fn can_be_made(self) -> bool {
        Command::new(self.maker().0).arg("-V").output().is_ok()
    }

    /// A new one, as the content of a disk.
    pub fn make(self) -> io::Result<Image> {
        let directory = tempfile::tempdir()?;
        let path = directory.path().join("disk");
        File::create(&path)?.set_len(self.mebibytes() << 20)?;
        let (program, options) = self.maker();
        done(Command::new(program).args(options).arg(&path).output()?)?;
        Image::of(&path)
    }
}

/// A mounted file system, until it is dropped.
pub struct Volume {
    at: TempDir,
    mounted: bool,
}

impl Volume {
    /// Mounts what is on the disk; its journal is replayed first.
    pub fn mount(kind: Kind, device: &Device<'_>) -> io::Result<Self> {
        let at = tempfile::tempdir()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", kind.name(), "-o", kind.options()]).arg(device.path()).arg(at.path());
        patiently(|| mount.output())?;
        Ok(Self { at, mounted: true })
    }

    /// The home in it.
    pub fn home(&self) -> PathBuf {
        self.at.path().join("home")
    }

    /// Unmounts it now; its loop device goes with it.
    pub fn unmount(mut self) -> io::Result<()> {
        self.mounted = false;
        patiently(|| umount(self.at.path(), &[]))
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        if self.mounted {
            // Whoever still has a file open keeps it until they end.
            let _ = umount(self.at.path(), &["--lazy"]);
        }
    }
}

fn umount(at: &Path, options: &[&str]) -> io::Result<Output> {
    Command::new("umount").args(options).arg(at).output()
}

/// Tries again where the machine is busy: a loop device that is just being set up, a file that somebody still holds.
fn patiently(mut act: impl FnMut() -> io::Result<Output>) -> io::Result<()> {
    for _ in 1..TRIES {
        if act()?.status.success() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    done(act()?)
}

fn done(output: Output) -> io::Result<()> {
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}
