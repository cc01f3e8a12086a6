//! Disks as files of a FUSE file system that is served from memory: one that is recorded, and states of it to look at.
//!
//! A loop device on such a file turns each flush of a disk into an fsync of the file, so the recording knows them.

use crate::image::Image;
use crate::record::Entry;
use fuser::{
    BackgroundSession, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, Generation, INodeNo,
    LockOwner, MountOption, OpenFlags, ReplyAttr, ReplyData, ReplyEmpty, ReplyEntry, ReplyWrite, Request,
    WriteFlags,
};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// Attributes never change while a disk is there, and a number is used once.
const FOREVER: Duration = Duration::from_secs(1 << 20);

struct Disk {
    image: Image,
    /// What it was told, if that is recorded.
    told: Option<Vec<Entry>>,
}

/// Disks by number.
#[derive(Default)]
struct Shelf {
    disks: HashMap<u64, Disk>,
    last: u64,
}

/// The mounted file system of disks.
pub struct Devices {
    shelf: Arc<Mutex<Shelf>>,
    // Unmounted before its directory goes.
    _session: BackgroundSession,
    at: TempDir,
}

impl Devices {
    /// Mounts it, empty.
    pub fn new() -> io::Result<Self> {
        let at = tempfile::tempdir()?;
        let shelf = Arc::new(Mutex::new(Shelf { disks: HashMap::new(), last: INodeNo::ROOT.0 }));
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("pail-power-cuts".to_owned()), MountOption::NoAtime];
        let session = fuser::spawn_mount(Server(Arc::clone(&shelf)), at.path(), &config)?;
        Ok(Self { shelf, _session: session, at })
    }

    /// Adds a disk; it is there until the answer is dropped.
    pub fn add(&self, image: Image, recorded: bool) -> Device<'_> {
        let mut shelf = lock(&self.shelf);
        shelf.last += 1;
        let number = shelf.last;
        shelf.disks.insert(number, Disk { image, told: recorded.then(Vec::new) });
        Device { devices: self, number }
    }
}

/// A disk.
pub struct Device<'a> {
    devices: &'a Devices,
    number: u64,
}

impl Device<'_> {
    /// Its file.
    pub fn path(&self) -> PathBuf {
        self.devices.at.path().join(self.number.to_string())
    }

    /// How much it was told so far.
    pub fn position(&self) -> usize {
        let shelf = lock(&self.devices.shelf);
        shelf.disks.get(&self.number).and_then(|disk| disk.told.as_ref()).map_or(0, Vec::len)
    }

    /// Ends the recording and gives what the disk was told.
    pub fn told(&self) -> Vec<Entry> {
        let mut shelf = lock(&self.devices.shelf);
        shelf.disks.get_mut(&self.number).and_then(|disk| disk.told.take()).unwrap_or_default()
    }
}

impl Drop for Device<'_> {
    fn drop(&mut self) {
        lock(&self.devices.shelf).disks.remove(&self.number);
    }
}

fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().expect("nothing panics while it serves a disk")
}

struct Server(Arc<Mutex<Shelf>>);

impl Server {
    fn attributes(&self, number: u64) -> Option<FileAttr> {
        let (size, kind) = match number {
            1 => (0, FileType::Directory),
            _ => (lock(&self.0).disks.get(&number)?.image.size(), FileType::RegularFile),
        };
        let epoch = SystemTime::UNIX_EPOCH;
        Some(FileAttr {
            ino: INodeNo(number),
            size,
            blocks: size / 512,
            atime: epoch,
            mtime: epoch,
            ctime: epoch,
            crtime: epoch,
            kind,
            perm: 0o700,
            nlink: 1,
            uid: 0,
            gid: 0,
            rdev: 0,
            blksize: 4096,
            flags: 0,
        })
    }
}

impl Filesystem for Server {
    fn lookup(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let number = name.to_str().and_then(|name| name.parse().ok());
        match number.and_then(|number| self.attributes(number)) {
            Some(attributes) => reply.entry(&FOREVER, &attributes, Generation(0)),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn getattr(&self, _: &Request, number: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.attributes(number.0) {
            Some(attributes) => reply.attr(&FOREVER, &attributes),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn read(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let mut buffer = vec![0; size as usize];
        let read = lock(&self.0).disks.get(&number.0).map(|disk| disk.image.read(offset, &mut buffer));
        match read {
            Some(read) => reply.data(&buffer[..read]),
            None => reply.error(Errno::EIO),
        }
    }

    fn write(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        offset: u64,
        bytes: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let mut shelf = lock(&self.0);
        let Some(disk) = shelf.disks.get_mut(&number.0) else {
            return reply.error(Errno::EIO);
        };
        disk.image.write(offset, bytes);
        if let Some(told) = &mut disk.told {
            told.push(Entry::Write { offset, bytes: bytes.into() });
        }
        drop(shelf);
        reply.written(u32::try_from(bytes.len()).expect("a request is far smaller"));
    }

    fn fsync(&self, _: &Request, number: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        if let Some(told) = lock(&self.0).disks.get_mut(&number.0).and_then(|disk| disk.told.as_mut()) {
            told.push(Entry::Flush);
        }
        reply.ok();
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        // Said when a file is closed; it asks for nothing to be durable.
        reply.ok();
    }
}
