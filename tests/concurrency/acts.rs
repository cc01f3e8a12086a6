//! Acts of several threads, as they were acknowledged one after the other, and whether a home can be a moment among them.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What a home says, by what it says it of.
pub type Facts = BTreeMap<String, String>;

/// What one act changed; `None` for what is there no more.
pub type Changes = BTreeMap<String, Option<String>>;

/// An acknowledgement.
#[derive(Deserialize)]
pub struct Act {
    /// Which thread of its process did it.
    pub thread: usize,
    /// What is so since.
    pub facts: Changes,
}

/// A thread of a process.
type Thread = (usize, usize);

/// How many acts of each thread were acknowledged at some time.
pub type Moment = BTreeMap<Thread, usize>;

/// What each thread was told is done, in its order.
#[derive(Default)]
pub struct Acts {
    threads: BTreeMap<Thread, Vec<Changes>>,
    /// Who answers for a fact.
    owner: BTreeMap<String, Thread>,
}

impl Acts {
    /// Notes an act of a process.
    pub fn note(&mut self, process: usize, act: Act) {
        let thread = (process, act.thread);
        self.owner.extend(act.facts.keys().map(|fact| (fact.clone(), thread)));
        self.threads.entry(thread).or_default().push(act.facts);
    }

    /// How far everybody is.
    pub fn moment(&self) -> Moment {
        self.threads.iter().map(|(thread, acts)| (*thread, acts.len())).collect()
    }

    /// Acts in all.
    pub fn len(&self) -> usize {
        self.threads.values().map(Vec::len).sum()
    }

    /// What is wrong with a home that must hold all that was acknowledged `before` it was looked at, may hold what was
    /// acknowledged `after`, one act more of each thread that was on its way then, and nothing else.
    pub fn differences(&self, before: &Moment, after: &Moment, found: &Facts) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut own: BTreeMap<Thread, Facts> = BTreeMap::new();
        for (fact, value) in found {
            match self.owner.get(fact) {
                Some(thread) => drop(own.entry(*thread).or_default().insert(fact.clone(), value.clone())),
                None => wrong.push(format!("nobody said {fact}: {value}")),
            }
        }
        for (thread, acts) in &self.threads {
            let at = |moment: &Moment| moment.get(thread).copied().unwrap_or(0);
            let (from, to) = (at(before), (at(after) + 1).min(acts.len()));
            let found = own.remove(thread).unwrap_or_default();
            let mut state = Facts::new();
            acts[..from].iter().for_each(|changes| change(&mut state, changes));
            let first = state.clone();
            let fits = found == state
                || acts[from..to].iter().any(|changes| {
                    change(&mut state, changes);
                    found == state
                });
            if !fits {
                wrong.push(format!(
                    "{thread:?} is at no moment from {from} to {to}: {first:#?} or later, not {found:#?}"
                ));
            }
        }
        wrong
    }
}

fn change(facts: &mut Facts, changes: &Changes) {
    for (fact, value) in changes {
        match value {
            Some(value) => facts.insert(fact.clone(), value.clone()),
            None => facts.remove(fact),
        };
    }
}

#[test]
fn a_home_may_be_any_moment_between_and_no_other() {
    let mut acts = Acts::default();
    let act = |thread, facts: &[(&str, Option<&str>)]| Act {
        thread,
        facts: facts.iter().map(|(fact, value)| ((*fact).to_owned(), value.map(str::to_owned))).collect(),
    };
    for value in [Some("1"), Some("2"), None, Some("4")] {
        acts.note(0, act(0, &[("a", value)]));
    }
    acts.note(1, act(0, &[("b", Some("1"))]));
    let fits = |before: usize, after: usize, found: &[(&str, &str)]| {
        let moment = |count| Moment::from([((0, 0), count), ((1, 0), 1)]);
        let found = found.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())).collect();
        acts.differences(&moment(before), &moment(after), &found).is_empty()
    };
    assert!(fits(1, 1, &[("a", "1"), ("b", "1")]) && fits(1, 1, &[("a", "2"), ("b", "1")]));
    assert!(fits(1, 2, &[("b", "1")]));
    assert!(!fits(1, 1, &[("a", "4"), ("b", "1")]), "ahead of its time");
    assert!(!fits(2, 2, &[("a", "1"), ("b", "1")]), "lost");
    assert!(fits(2, 2, &[("a", "2"), ("b", "1")]) && fits(2, 2, &[("b", "1")]));
    assert!(!fits(2, 2, &[("a", "2")]), "lost of another");
    assert!(!fits(1, 1, &[("a", "1"), ("b", "1"), ("c", "1")]), "never said");
}
