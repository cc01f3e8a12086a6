//! Bit rot: every content is read and compared with its hash. What is not what it was is marked, told, and given out no
//! more; what can heal it is named.

use crate::blob::{Address, Content};
use crate::db::table;
use crate::db::table::version::Placed;
use crate::model::{EventKind, Object};
use crate::ops::Teller;
use crate::{Caller, Engine, Error, Result};
use std::io;

/// Rows read at once.
const PAGE: u32 = 500;
/// Bytes read at once.
const PIECE: usize = 256 << 10;

/// What is wrong with a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It is gone.
    Missing,
    /// The disk does not give it.
    Unreadable,
    /// It is longer or shorter than it was.
    Size,
    /// It is as long, and other.
    Hash,
}

/// A content that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Bucket id.
    pub bucket: String,
    /// Object id.
    pub object: String,
    /// Key of the object.
    pub key: String,
    /// Number of the version.
    pub version: u64,
    /// Whether that is what the object shows.
    pub current: bool,
    /// What is wrong.
    pub problem: Problem,
    /// Keys, with version, that hold the very same content whole.
    pub healers: Vec<String>,
    /// Other versions of the object that are whole.
    pub others: Vec<u64>,
}

/// What a look through all contents found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Contents read.
    pub contents: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What is not what it was.
    pub damaged: Vec<Damage>,
}

impl Engine {
    /// Reads every content, trash and earlier versions included, and compares it with its hash. `go_on` is told of
    /// contents and bytes so far after each content, and may stop it.
    ///
    /// # Errors
    /// `database`. What is wrong with one content is in the answer.
    pub fn verify(&self, go_on: &mut dyn FnMut(u64, u64) -> bool) -> Result<Verified> {
        let mut verified = Verified::default();
        let (mut object, mut number) = (0, 0);
        loop {
            let page =
                self.read(|connection| table::version::placed_after(connection, object, number, PAGE))?;
            let Some(last) = page.last() else { return Ok(verified) };
            (object, number) = (last.object, last.number);
            for placed in page {
                verified.damaged.extend(self.verify_one(&placed)?);
                verified.contents += 1;
                verified.bytes += placed.size;
                if !go_on(verified.contents, verified.bytes) {
                    return Ok(verified);
                }
            }
        }
    }

    fn verify_one(&self, placed: &Placed) -> Result<Option<Damage>> {
        let problem = self.examine(&placed.address, placed.size, &placed.hash);
        if problem.is_some() != placed.damaged {
            let (marked, now) = (placed.clone(), self.now());
            let at = problem.map(|_| now);
            let known = self.write(move |connection| mark(connection, &marked, at, now))?;
            if !known {
                // It was purged while it was read.
                return Ok(None);
            }
        }
        problem.map(|problem| self.damage(placed, problem)).transpose()
    }

    /// What is wrong with the content at an address, if anything.
    pub(crate) fn examine(&self, address: &Address, size: u64, hash: &[u8]) -> Option<Problem> {
        let content = match self.inner.blobs.open(address) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(Problem::Missing),
            Err(_) => return Some(Problem::Unreadable),
        };
        if content.size() != size {
            return Some(Problem::Size);
        }
        match hash_of(content.as_ref()) {
            Ok(found) if found.as_slice() == hash => None,
            Ok(_) => Some(Problem::Hash),
            Err(_) => Some(Problem::Unreadable),
        }
    }

    fn damage(&self, placed: &Placed, problem: Problem) -> Result<Damage> {
        self.read(|connection| {
            let gone = || Error::new(crate::Code::ObjectNotFound, "The file was deleted meanwhile.");
            let object = table::object::by_seq(connection, placed.object)?.ok_or_else(gone)?;
            let mut healers = Vec::new();
            for alike in table::version::placed_alike(connection, placed)? {
                if let Some(other) = table::object::by_seq(connection, alike.object)? {
                    healers.push(format!("{} version {}", other.key(), alike.number));
                }
            }
            let versions = table::version::list(connection, placed.object)?;
            let whole =
                versions.into_iter().filter(|version| !version.damaged && version.number != placed.number);
            Ok(Damage {
                bucket: object.bucket.clone(),
                object: object.id.clone(),
                key: object.key(),
                version: placed.number,
                current: object.version == placed.number,
                problem,
                healers,
                others: whole.map(|version| version.number).collect(),
            })
        })
    }
}

fn mark(connection: &rusqlite::Connection, placed: &Placed, at: Option<i64>, now: i64) -> Result<bool> {
    if !table::version::set_damaged(connection, placed, at)? {
        return Ok(false);
    }
    let object: Option<Object> = table::object::by_seq(connection, placed.object)?;
    if let Some(object) = object {
        let kind = if at.is_some() { EventKind::ContentDamaged } else { EventKind::ContentHealed };
        let by = Caller::window();
        Teller { connection, now, by: by.name() }.object(kind, &object, placed.number)?;
    }
    Ok(true)
}

pub(crate) fn hash_of(content: &dyn Content) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; PIECE.min(usize::try_from(content.size()).unwrap_or(PIECE).max(1))];
    let mut at = 0;
    loop {
        match content.read_at(&mut buffer, at)? {
            0 => return Ok(*hasher.finalize().as_bytes()),
            count => {
                hasher.update(&buffer[..count]);
                at += count as u64;
            }
        }
    }
}
