//! What a disk was told, in order, and the states that a power cut can leave of it.
//!
//! A write that the disk had received when a flush came is durable. Of the writes after the last flush each may be
//! there, may not be there, or, if it is larger than a sector, may be there in part. A sector is written whole or not at
//! all.

use crate::image::Image;
use crate::random::Random;
use std::fmt;

/// One thing that a disk was told.
pub enum Entry {
    /// These bytes go there.
    Write {
        /// Where.
        offset: u64,
        /// What.
        bytes: Box<[u8]>,
    },
    /// Everything so far has to be durable when this is answered.
    Flush,
}

/// What becomes of the writes after the last flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// None of them is there.
    Lost,
    /// All of them are there.
    Kept,
    /// Any of them are there.
    Some,
    /// Any sectors of them are there.
    Torn,
}

impl Fate {
    /// One of them; the hardest ones more often.
    pub fn any(random: &mut Random) -> Self {
        [Self::Lost, Self::Lost, Self::Some, Self::Some, Self::Torn, Self::Kept][random.below(6)]
    }

    fn keeps(self, random: &mut Random) -> bool {
        match self {
            Self::Lost => false,
            Self::Kept => true,
            Self::Some | Self::Torn => random.once_in(2),
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lost => "what was not flushed is lost",
            Self::Kept => "all is kept",
            Self::Some => "some of what was not flushed is kept",
            Self::Torn => "some sectors of what was not flushed are kept",
        })
    }
}

/// Goes through a recording from its beginning to its end.
pub struct Replay<'a> {
    entries: &'a [Entry],
    durable: Image,
    /// Bytes of a sector.
    sector: usize,
    /// Entries up to here are in the image.
    done: usize,
}

impl<'a> Replay<'a> {
    /// Begins at the disk as it was before the recording.
    pub fn new(base: Image, entries: &'a [Entry], sector: usize) -> Self {
        Self { entries, durable: base, sector, done: 0 }
    }

    /// The disk after a power cut when it had been told so many entries. Points do not go back.
    pub fn cut(&mut self, point: usize, fate: Fate, random: &mut Random) -> Image {
        let told = &self.entries[..point];
        let flushed = told.iter().rposition(|entry| matches!(entry, Entry::Flush)).unwrap_or(0);
        for entry in &told[self.done.min(flushed)..flushed] {
            if let Entry::Write { offset, bytes } = entry {
                self.durable.write(*offset, bytes);
            }
        }
        self.done = self.done.max(flushed);
        let mut image = self.durable.clone();
        for entry in &told[flushed..] {
            if let Entry::Write { offset, bytes } = entry {
                let piece = if fate == Fate::Torn { self.sector } else { bytes.len().max(1) };
                for (number, piece) in bytes.chunks(piece).enumerate() {
                    if fate.keeps(random) {
                        image.write(offset + (number * self.sector) as u64, piece);
                    }
                }
            }
        }
        image
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(offset: u64, byte: u8) -> Entry {
        Entry::Write { offset, bytes: vec![byte; 4096].into() }
    }

    fn first_bytes(image: &Image) -> Vec<u8> {
        (0..3)
            .map(|page| {
                let mut byte = [0];
                image.read(page * 4096, &mut byte);
                byte[0]
            })
            .collect()
    }

    #[test]
    fn what_was_flushed_stays_and_what_was_not_is_lost_or_kept() {
        let told = [write(0, 1), Entry::Flush, write(4096, 2), Entry::Flush, write(0, 3), write(8192, 4)];
        let mut random = Random::of(1);
        let mut replay = Replay::new(Image::empty(3 * 4096), &told, 512);
        let mut at = |point, fate| first_bytes(&replay.cut(point, fate, &mut random));
        assert_eq!(at(1, Fate::Lost), [0, 0, 0]);
        assert_eq!(at(1, Fate::Kept), [1, 0, 0]);
        assert_eq!(at(3, Fate::Lost), [1, 0, 0]);
        assert_eq!(at(4, Fate::Lost), [1, 2, 0]);
        assert_eq!(at(5, Fate::Kept), [3, 2, 0]);
        assert_eq!(at(6, Fate::Lost), [1, 2, 0]);
        assert_eq!(at(6, Fate::Kept), [3, 2, 4]);
    }

    #[test]
    fn every_set_of_writes_after_a_flush_comes_up() {
        let told = [Entry::Flush, write(0, 1), write(4096, 1), write(8192, 1)];
        let mut random = Random::of(2);
        let mut replay = Replay::new(Image::empty(3 * 4096), &told, 512);
        let seen: std::collections::BTreeSet<_> =
            (0..200).map(|_| first_bytes(&replay.cut(4, Fate::Some, &mut random))).collect();
        assert_eq!(seen.len(), 8);
    }
}
