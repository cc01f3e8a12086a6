//! The content of a disk in memory: sparse, and cheap to copy, as copies share the pages that they do not change.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;

const PAGE: usize = 4096;

/// A disk's content. A page that is not there reads as zeros.
#[derive(Clone)]
pub struct Image {
    pages: Vec<Option<Arc<[u8; PAGE]>>>,
}

impl Image {
    /// A disk of so many bytes, all of them 0.
    pub fn empty(bytes: u64) -> Self {
        let pages = usize::try_from(bytes).expect("a disk that fits into memory").div_ceil(PAGE);
        Self { pages: vec![None; pages] }
    }

    /// The content of a file.
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut image = Self::empty(size);
        let mut buffer = vec![0; 1 << 20];
        let mut offset = 0;
        while offset < size {
            let read = file.read_at(&mut buffer, offset)?;
            if read == 0 {
                break;
            }
            image.write(offset, &buffer[..read]);
            offset += read as u64;
        }
        Ok(image)
    }

    /// Bytes in all.
    pub fn size(&self) -> u64 {
        (self.pages.len() * PAGE) as u64
    }

    /// Fills the buffer from an offset on; fewer bytes at the end.
    pub fn read(&self, offset: u64, buffer: &mut [u8]) -> usize {
        let mut done = 0;
        for (page, within) in spans(offset, buffer.len()) {
            let Some(page) = self.pages.get(page) else { break };
            let piece = &mut buffer[done..done + within.len()];
            match page {
                Some(page) => piece.copy_from_slice(&page[within.clone()]),
                None => piece.fill(0),
            }
            done += within.len();
        }
        done
    }

    /// Writes at an offset; what lies beyond the end is left out.
    pub fn write(&mut self, offset: u64, bytes: &[u8]) {
        let mut done = 0;
        for (page, within) in spans(offset, bytes.len()) {
            let piece = &bytes[done..done + within.len()];
            done += within.len();
            match self.pages.get_mut(page) {
                Some(None) if piece.iter().all(|byte| *byte == 0) => {}
                Some(page) => {
                    let page = page.get_or_insert_with(|| Arc::new([0; PAGE]));
                    Arc::make_mut(page)[within].copy_from_slice(piece);
                }
                None => return,
            }
        }
    }
}

/// The pages that a range touches, and which bytes of each.
fn spans(offset: u64, length: usize) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
    let start = usize::try_from(offset).expect("an offset in memory");
    let end = start + length;
    (start / PAGE..end.div_ceil(PAGE)).map(move |page| {
        let base = page * PAGE;
        (page, start.max(base) - base..end.min(base + PAGE) - base)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_an_image_keeps_what_it_had_when_the_first_is_written() {
        let mut first = Image::empty(3 * PAGE as u64);
        first.write(4090, b"across pages");
        let copy = first.clone();
        first.write(4095, b"X");
        let read = |image: &Image| {
            let mut bytes = [0; 14];
            assert_eq!(image.read(4089, &mut bytes), 14);
            bytes
        };
        assert_eq!(&read(&copy), b"\0across pages\0");
        assert_eq!(&read(&first), b"\0acrosX pages\0");
        assert_eq!(first.read(3 * PAGE as u64 - 1, &mut [0; 5]), 1);
    }
}
