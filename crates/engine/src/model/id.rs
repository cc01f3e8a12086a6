//! Ids and tokens.

use base64::Engine as _;
use std::cell::RefCell;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A new id: the prefix, eight base-36 digits of the time in milliseconds, seven random ones. Ids of one kind sort by
/// time, and 36⁷ values within one millisecond keep them apart; the database refuses a twin.
pub fn new(prefix: char, now: i64) -> String {
    let mut id = String::with_capacity(16);
    id.push(prefix);
    push_base36(&mut id, u64::try_from(now).unwrap_or(0), 8);
    push_base36(&mut id, u64::from_le_bytes(draw()), 7);
    id
}

/// A token that cannot be guessed: 128 random bits in base64url, 22 characters.
pub fn token() -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(draw::<16>())
}

fn push_base36(id: &mut String, mut value: u64, digits: usize) {
    let mut reversed = [0_u8; 13];
    for digit in reversed.iter_mut().take(digits) {
        *digit = DIGITS[(value % 36) as usize];
        value /= 36;
    }
    id.extend(reversed[..digits].iter().rev().map(|digit| char::from(*digit)));
}

/// Fills bytes with what cannot be guessed.
pub(crate) fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system's random source answers on every platform Pail runs on");
}

/// Random bytes from this thread's stock, which the system fills many ids at a time. What was given out is forgotten.
fn draw<const N: usize>() -> [u8; N] {
    STOCK.with_borrow_mut(|(stock, left)| {
        if *left < N {
            fill(stock);
            *left = stock.len();
        }
        let mut bytes = [0; N];
        bytes.swap_with_slice(&mut stock[*left - N..*left]);
        *left -= N;
        bytes
    })
}

thread_local! {
    static STOCK: RefCell<([u8; 512], usize)> = const { RefCell::new(([0; 512], 0)) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_a_prefix_and_lower_case_base_36_and_sort_by_time() {
        let early = new('b', 1_700_000_000_000);
        let late = new('b', 1_700_000_000_001);
        for id in [&early, &late] {
            assert_eq!(id.len(), 16);
            assert!(id.starts_with('b') && id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        }
        assert!(early[..9] < late[..9]);
    }

    #[test]
    fn tokens_carry_128_bits_and_differ() {
        let tokens: std::collections::HashSet<_> = (0..1000).map(|_| token()).collect();
        assert_eq!(tokens.len(), 1000);
        assert!(tokens.iter().all(|token| token.len() == 22));
    }
}
