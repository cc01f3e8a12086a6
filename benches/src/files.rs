//! Files to bring in, the same at every run, that no program can make smaller.

use crate::Result;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Files of one folder.
const PER_FOLDER: u64 = 100;
/// What people call a small file.
pub const SMALL: usize = 10 * 1024;

/// Bytes that repeat nowhere near.
pub struct Noise(u64);

impl Noise {
    /// The same bytes for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ seed.wrapping_mul(0xff51_afd7_ed55_8ccd).max(1))
    }

    /// The next ones.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            chunk.copy_from_slice(&self.0.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// So many bytes of noise.
pub fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    Noise::new(seed).fill(&mut bytes);
    bytes
}

/// A folder `source` in `dir` with that many files of that size, a hundred to a folder.
pub fn tree(dir: &Path, count: u64, size: usize) -> Result<PathBuf> {
    let root = dir.join("source");
    for number in 0..count {
        let folder = root.join(format!("part-{:03}", number / PER_FOLDER));
        if number % PER_FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        fs::write(folder.join(format!("file-{number:06}.bin")), noise(number, size))?;
    }
    Ok(root)
}

/// One file in `dir`, written piece by piece.
pub fn large(dir: &Path, name: &str, size: u64) -> Result<PathBuf> {
    let path = dir.join(name);
    let mut file = BufWriter::new(File::create(&path)?);
    let (mut noise, mut piece, mut left) = (Noise::new(size), vec![0; 1 << 20], size);
    while left > 0 {
        let length = piece.len().min(usize::try_from(left)?);
        noise.fill(&mut piece[..length]);
        file.write_all(&piece[..length])?;
        left -= length as u64;
    }
    file.flush()?;
    Ok(path)
}

/// Writes out what waits on the file system of `dir`, so that the next to be measured does not pay for it.
pub fn settle(dir: &Path) -> Result<()> {
    Ok(rustix::fs::syncfs(File::open(dir)?)?)
}
