//! How often a key may ask: a bucket of as many tokens as it may ask in a second, filled at that rate.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Instant;

/// Keys that have not asked for so long are forgotten.
const FORGET_AFTER: f64 = 60.0;
/// … which is looked for when so many are known.
const MANY: usize = 10_000;

/// Who asked how often.
#[derive(Default)]
pub struct Rates {
    known: Mutex<HashMap<String, Tokens>>,
}

struct Tokens {
    left: f64,
    at: Instant,
}

impl Rates {
    /// Takes a token of a key that may ask `rate` times in a second; whether there was one.
    pub fn allow(&self, key: &str, rate: u32) -> bool {
        self.allow_at(key, rate, Instant::now())
    }

    fn allow_at(&self, key: &str, rate: u32, now: Instant) -> bool {
        let rate = f64::from(rate);
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, tokens| now.duration_since(tokens.at).as_secs_f64() < FORGET_AFTER);
        }
        let tokens = known.entry(key.to_owned()).or_insert(Tokens { left: rate, at: now });
        let passed = now.saturating_duration_since(tokens.at).as_secs_f64();
        tokens.left = (tokens.left + passed * rate).min(rate);
        tokens.at = now;
        let allowed = tokens.left >= 1.0;
        if allowed {
            tokens.left -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_key_asks_as_often_as_it_may_and_again_after_a_while() {
        let (rates, now) = (Rates::default(), Instant::now());
        let asked = |at: Instant| (0..20).filter(|_| rates.allow_at("k", 5, at)).count();
        assert_eq!(asked(now), 5);
        assert_eq!(asked(now), 0);
        assert_eq!(asked(now + Duration::from_millis(400)), 2);
        assert_eq!(asked(now + Duration::from_secs(60)), 5);
        assert!(rates.allow_at("another", 5, now));
    }
}
