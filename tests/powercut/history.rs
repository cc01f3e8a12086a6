//! What was acknowledged, and when: the states that a home may be in after a power cut at any moment.
//!
//! Each thread of the work does one thing after the other and waits between them until the acknowledgement is noted.
//! So at any moment what a thread changed stands as after its last acknowledged act, or, if the next one was on its
//! way, as after that one; there is no third.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What a home says, by what it says it of: `object <id>`, `bucket <id>`, `data <bucket id> <key>`.
pub type Facts = BTreeMap<String, String>;

/// What one act changed; `None` for what is there no more.
#[derive(Deserialize)]
pub struct Act {
    /// Which thread did it.
    pub thread: usize,
    /// What is so since.
    pub facts: BTreeMap<String, Option<String>>,
}

/// The acknowledged acts.
#[derive(Default)]
pub struct History {
    /// By thread: how much the disk had been told when the acknowledgement was there, and the act.
    threads: Vec<Vec<(usize, Act)>>,
    /// Which thread answers for a fact.
    owner: BTreeMap<String, usize>,
}

impl History {
    /// Notes an act.
    pub fn note(&mut self, position: usize, act: Act) {
        while self.threads.len() <= act.thread {
            self.threads.push(Vec::new());
        }
        self.owner.extend(act.facts.keys().map(|fact| (fact.clone(), act.thread)));
        self.threads[act.thread].push((position, act));
    }

    /// Acts in all.
    pub fn len(&self) -> usize {
        self.threads.iter().map(Vec::len).sum()
    }

    /// The moments of the acknowledgements.
    pub fn moments(&self) -> Vec<usize> {
        self.threads.iter().flatten().map(|(position, _)| *position).collect()
    }

    /// How what a home says differs from all that it may say after a power cut at that moment; empty if it does not.
    pub fn differences(&self, position: usize, found: &Facts) -> Vec<String> {
        let strange = found.iter().filter(|(fact, _)| !self.owner.contains_key(*fact));
        let mut differences: Vec<_> =
            strange.map(|(fact, value)| format!("nobody did {fact}: {value}")).collect();
        for (thread, acts) in self.threads.iter().enumerate() {
            let found: Facts = found
                .iter()
                .filter(|(fact, _)| self.owner.get(*fact) == Some(&thread))
                .map(|(fact, value)| (fact.clone(), value.clone()))
                .collect();
            let acknowledged = acts.partition_point(|(at, _)| *at <= position);
            let before = after(&acts[..acknowledged]);
            let next = after(&acts[..acts.len().min(acknowledged + 1)]);
            if found != before && found != next {
                differences.extend(compare(&before, &found).map(|difference| {
                    format!("thread {thread} after {acknowledged} of {} acts: {difference}", acts.len())
                }));
            }
        }
        differences
    }
}

fn after(acts: &[(usize, Act)]) -> Facts {
    let mut facts = Facts::new();
    for (fact, value) in acts.iter().flat_map(|(_, act)| &act.facts) {
        match value {
            Some(value) => drop(facts.insert(fact.clone(), value.clone())),
            None => drop(facts.remove(fact)),
        }
    }
    facts
}

fn compare<'a>(expected: &'a Facts, found: &'a Facts) -> impl Iterator<Item = String> + 'a {
    let nothing = "nothing";
    let lost =
        expected.iter().filter(|(fact, value)| found.get(*fact) != Some(value)).map(move |(fact, value)| {
            format!("{fact} was {value} and is {}", found.get(fact).map_or(nothing, String::as_str))
        });
    let risen = found.iter().filter(|(fact, _)| !expected.contains_key(*fact));
    lost.chain(risen.map(move |(fact, value)| format!("{fact} was {nothing} and is {value}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(thread: usize, facts: &[(&str, Option<&str>)]) -> Act {
        let facts = facts.iter().map(|(fact, value)| ((*fact).to_owned(), value.map(str::to_owned)));
        Act { thread, facts: facts.collect() }
    }

    fn facts(facts: &[(&str, &str)]) -> Facts {
        facts.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_acknowledged_must_be_there_and_what_was_on_its_way_may_be() {
        let mut history = History::default();
        history.note(10, act(0, &[("a", Some("1"))]));
        history.note(15, act(1, &[("b", Some("1"))]));
        history.note(20, act(0, &[("a", Some("2"))]));
        history.note(30, act(0, &[("a", None)]));
        let fits = |position, found: &[(&str, &str)]| history.differences(position, &facts(found)).is_empty();
        assert!(fits(9, &[]) && fits(9, &[("a", "1")]) && fits(9, &[("b", "1")]));
        assert!(!fits(9, &[("a", "2")]), "two acts ahead");
        assert!(!fits(10, &[]), "lost");
        assert!(!fits(15, &[("a", "1")]), "lost of the other thread");
        assert!(fits(20, &[("a", "2"), ("b", "1")]) && fits(20, &[("b", "1")]));
        assert!(!fits(30, &[("a", "2"), ("b", "1")]), "back from the dead");
        assert!(!fits(30, &[("b", "1"), ("c", "1")]), "never done");
    }
}
