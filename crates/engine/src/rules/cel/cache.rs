//! Compiled rules, kept by their source: policies are asked on every request.

use super::{MAX_BYTES, Refused, compile, rule::Rule};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// So many rules; each takes some kilobytes, and few homes have more in use.
const KEPT: usize = 128;

static RULES: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

type Compiled = Result<Arc<Rule>, Refused>;

/// The compiled rule. What cannot be compiled is kept as well, so that it costs no more than others, unless it is too long
/// to be looked at.
pub(super) fn get(source: &str) -> Compiled {
    if source.len() > MAX_BYTES {
        return compile(source).map(Arc::new);
    }
    if let Some(found) = RULES.lock().find(source) {
        return found;
    }
    let made = compile(source).map(Arc::new);
    RULES.lock().keep(source, made.clone());
    made
}

/// The rules used last, each with when that was.
#[derive(Default)]
struct Cache {
    rules: HashMap<Arc<str>, (u64, Compiled)>,
    uses: u64,
}

impl Cache {
    fn find(&mut self, source: &str) -> Option<Compiled> {
        self.uses += 1;
        let (used, rule) = self.rules.get_mut(source)?;
        *used = self.uses;
        Some(rule.clone())
    }

    fn keep(&mut self, source: &str, rule: Compiled) {
        if self.rules.len() >= KEPT {
            let oldest =
                self.rules.iter().min_by_key(|(_, (used, _))| *used).map(|(source, _)| source.clone());
            oldest.and_then(|source| self.rules.remove(&source));
        }
        self.uses += 1;
        self.rules.insert(source.into(), (self.uses, rule));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_used_last_are_kept() {
        let mut cache = Cache::default();
        let rule = || Err(Refused::new(0, "", ""));
        for number in 0..KEPT {
            cache.keep(&format!("rule {number}"), rule());
        }
        assert!(cache.find("rule 0").is_some());
        cache.keep("one more", rule());
        assert_eq!(cache.rules.len(), KEPT);
        assert!(cache.find("rule 0").is_some(), "it was used since");
        assert!(cache.find("rule 1").is_none());
        assert!(cache.find("one more").is_some());
    }
}
