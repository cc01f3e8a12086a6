//! Changes of inputs, the same at every run of one seed.

use crate::Target;

/// The longest input that is made.
const LONGEST: usize = 4096;

/// Makes inputs out of those of a corpus.
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// Begins at a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed | 1 }
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end
    }

    /// One input of the corpus with one to eight changes, or nothing with words in it where the corpus is empty.
    pub fn input(&mut self, target: &Target, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.pick(corpus).unwrap_or_default();
        for _ in 0..=self.below(8) {
            self.change(&mut bytes, target, corpus);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn pick(&mut self, corpus: &[Vec<u8>]) -> Option<Vec<u8>> {
        if corpus.is_empty() { None } else { Some(corpus[self.below(corpus.len())].clone()) }
    }

    fn change(&mut self, bytes: &mut Vec<u8>, target: &Target, corpus: &[Vec<u8>]) {
        let at = self.below(bytes.len() + 1);
        let length = self.below(bytes.len() - at + 1).min(64);
        match self.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < bytes.len() => bytes[at] = u8::try_from(self.below(256)).unwrap(),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let part = bytes[at..at + length].repeat(1 + self.below(8));
                insert(bytes, at, &part);
            }
            4 => {
                let other = self.pick(corpus).unwrap_or_default();
                let from = self.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend(&other[from..]);
            }
            5 => {
                let odd = [0, 1, 9, 10, 127, 128, 255, 256, 65_535, u64::from(u32::MAX), u64::MAX];
                let number = odd[self.below(odd.len())].to_string();
                insert(bytes, at, number.as_bytes());
            }
            _ => insert(bytes, at, target.words[self.below(target.words.len())].as_bytes()),
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    bytes.splice(at..at, part.iter().copied());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_inputs_again_and_another_makes_others() {
        let corpus = [b"some words".to_vec(), b"others".to_vec()];
        let made = |seed| {
            let mut mutator = Mutator::new(seed);
            (0..100).map(|_| mutator.input(&crate::TARGETS[0], &corpus)).collect::<Vec<_>>()
        };
        assert_eq!(made(7), made(7));
        assert_ne!(made(7), made(9));
        assert!(made(7).iter().all(|input| input.len() <= LONGEST));
    }
}
