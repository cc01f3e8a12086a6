//! Writers who wait at one group: each gets the answer to its own work, once, and not before its commit; none waits for
//! ever; work that is refused or panics is undone alone; a failed commit is told to all whom it concerns.

use crate::db::commits::Commits;
use crate::db::group::{Group, is_unsure};
use crate::explore::{at_random, exhaustively, interleavings};
use crate::store::{Batch, Fate, Id, Ledger, Model, View};
use crate::{Code, Error, Result};
use shuttle::rand::{Rng, thread_rng};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// More orders of turns than two writers have.
const MANY: usize = 2_000_000;

/// What a piece of work does after it has written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Write,
    Refuse,
    Panic,
}

/// What the writers want, one after the other, and how the commits end.
#[derive(Debug, Clone)]
pub struct Scene {
    pub writers: Vec<Vec<Wish>>,
    pub fates: Vec<Fate>,
    /// Whether somebody waits for news of commits until all is done.
    pub listener: bool,
    pub hasty: bool,
}

impl Scene {
    /// That many writers who all write once into a store that fails never.
    pub fn plain(writers: usize) -> Self {
        Self { writers: vec![vec![Wish::Write]; writers], fates: Vec::new(), listener: false, hasty: false }
    }

    fn drawn() -> Self {
        let mut random = thread_rng();
        let mut wishes = || match random.gen_range(0..8) {
            0 => Wish::Panic,
            1 | 2 => Wish::Refuse,
            _ => Wish::Write,
        };
        let writers = (0..4).map(|_| vec![wishes(), wishes()]).collect();
        let mut fate = || match random.gen_range(0..8) {
            0 => Fate::Unbegun,
            1 => Fate::Lost,
            2 => Fate::Unsure,
            _ => Fate::Done,
        };
        Self { writers, fates: (0..4).map(|_| fate()).collect(), listener: false, hasty: false }
    }
}

/// A writer's word on one of its writes, with when it was asked and answered.
struct Told {
    id: Id,
    asked: usize,
    answered: usize,
    /// The batch that failed with it, if it did.
    failed: Option<usize>,
}

struct Stage {
    group: Group<Model>,
    ledger: Arc<Ledger>,
    time: AtomicUsize,
    told: Mutex<Vec<Told>>,
}

/// Plays a scene once, and looks whether all was as it should be; the batches it came to.
pub fn play(scene: &Scene) -> Vec<Batch> {
    let (ledger, commits) = (Arc::<Ledger>::default(), Arc::<Commits>::default());
    let store = Model {
        ledger: Arc::clone(&ledger),
        commits: Arc::clone(&commits),
        fates: scene.fates.iter().copied().collect(),
        hasty: scene.hasty,
    };
    let stage = Stage { group: Group::new(store), ledger, time: AtomicUsize::new(0), told: Mutex::default() };
    let stage = Arc::new(stage);
    let mut threads: Vec<_> = (0..scene.writers.len())
        .map(|writer| {
            let (stage, wishes) = (Arc::clone(&stage), scene.writers[writer].clone());
            shuttle::thread::spawn(move || {
                for (nth, wish) in wishes.into_iter().enumerate() {
                    stage.write((writer, nth), wish);
                }
            })
        })
        .collect();
    if scene.listener {
        let (stage, expected) = (Arc::clone(&stage), scene.writers.iter().flatten().count());
        threads.push(shuttle::thread::spawn(move || stage.listen(&commits, expected)));
    }
    for thread in threads {
        thread.join().unwrap();
    }
    stage.check(scene);
    stage.ledger.batches()
}

impl Stage {
    fn now(&self) -> usize {
        self.time.fetch_add(1, Ordering::Relaxed)
    }

    fn write(&self, id: Id, wish: Wish) {
        let asked = self.now();
        let work = move |view: &View| -> Result<Id> {
            view.write(id);
            match wish {
                Wish::Write => Ok(id),
                Wish::Refuse => Err(Error::new(Code::InvalidName, "no").with("id", format!("{id:?}"))),
                // Without the hook that would print it: it is meant.
                Wish::Panic => resume_unwind(Box::new(id)),
            }
        };
        let answer = catch_unwind(AssertUnwindSafe(|| self.group.write(work)));
        let answered = self.now();
        let durable = self.ledger.is_durable(id);
        let failed = match answer {
            Ok(Ok(own)) => {
                assert_eq!((own, wish), (id, Wish::Write), "another's answer");
                assert!(durable, "answered before its commit");
                None
            }
            Err(own) => {
                assert_eq!((own.downcast_ref(), wish), (Some(&id), Wish::Panic), "another's panic");
                None
            }
            Ok(Err(error)) if error.code() == Code::InvalidName => {
                let own = format!("{id:?}");
                assert_eq!(
                    (error.detail("id"), wish),
                    (Some(own.as_str()), Wish::Refuse),
                    "another's refusal"
                );
                assert!(!is_unsure(&error), "a refusal is sure");
                None
            }
            Ok(Err(error)) => {
                assert!(is_unsure(&error), "{error}");
                Some(error.detail("batch").expect("the failed commit says which").parse().unwrap())
            }
        };
        assert!(wish == Wish::Write || !durable, "work that failed was kept");
        self.told.lock().unwrap().push(Told { id, asked, answered, failed });
    }

    /// Waits for news until all is durable; a wake-up that is lost leaves it waiting.
    fn listen(&self, commits: &Commits, expected: usize) {
        let mut seen = commits.wait(u64::MAX, Duration::ZERO);
        while self.ledger.durable().len() < expected {
            seen = commits.wait(seen, Duration::MAX);
        }
    }

    fn check(&self, scene: &Scene) {
        let (told, batches, durable) =
            (self.told.lock().unwrap(), self.ledger.batches(), self.ledger.durable());
        let ids: BTreeSet<Id> = told.iter().map(|told| told.id).collect();
        assert_eq!(ids.len(), scene.writers.iter().flatten().count(), "each is answered");
        assert_eq!(told.len(), ids.len(), "each is answered once");
        let members: usize = batches.iter().map(|batch| batch.members).sum();
        assert_eq!(members, ids.len(), "each is in one batch");
        let ran: Vec<Id> = batches.iter().flat_map(|batch| batch.ran.iter().copied()).collect();
        assert_eq!(ran.len(), ran.iter().collect::<BTreeSet<_>>().len(), "none runs twice");
        let kept = |batch: &&Batch| matches!(batch.fate, Fate::Done | Fate::Unsure);
        let expected: Vec<Id> =
            batches.iter().filter(kept).flat_map(|batch| batch.kept.iter().copied()).collect();
        assert_eq!(durable, expected, "durable is what was kept, in the order in which it ran");
        for told in told.iter() {
            let own = batches.iter().position(|batch| batch.ran.contains(&told.id));
            match told.failed {
                // One that never ran failed with a batch that never began.
                Some(batch) => assert!(own.map_or(batches[batch].fate == Fate::Unbegun, |own| own == batch)),
                None => assert!(own.is_some(), "what did not run is not answered as done or refused"),
            }
            let wish = scene.writers[told.id.0][told.id.1];
            let well = own.is_some_and(|own| batches[own].fate == Fate::Done) || wish != Wish::Write;
            assert!(told.failed.is_none() || !well || own.is_none(), "told of a failure that was none");
        }
        for batch in batches.iter().enumerate().filter(|(_, batch)| batch.fate == Fate::Unbegun) {
            let heard = told.iter().filter(|told| told.failed == Some(batch.0)).count();
            assert_eq!(heard, batch.1.members, "all who waited hear of it");
        }
        self.check_order(&told, &durable);
    }

    /// What was answered before another was asked for came first.
    fn check_order(&self, told: &[Told], durable: &[Id]) {
        let place = |id: Id| durable.iter().position(|other| *other == id);
        for earlier in told {
            for later in told.iter().filter(|later| earlier.answered < later.asked) {
                if let (Some(first), Some(second)) = (place(earlier.id), place(later.id)) {
                    assert!(first < second, "{:?} came after {:?}", earlier.id, later.id);
                }
            }
        }
    }
}

#[test]
fn every_writer_gets_its_own_answer_once_whatever_fails() {
    let largest = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&largest);
    at_random("writers, refusals, panics, failed commits", interleavings(), move || {
        let batches = play(&Scene::drawn());
        seen.fetch_max(batches.iter().map(|batch| batch.members).max().unwrap_or(0), Ordering::Relaxed);
    });
    assert_eq!(largest.load(Ordering::Relaxed), 4, "all four meet in one batch at times");
}

#[test]
fn two_writers_are_answered_in_every_order_of_turns() {
    for fates in [vec![], vec![Fate::Unsure], vec![Fate::Unbegun]] {
        let name = format!("two writers, {fates:?}");
        let scene = Scene { fates, ..Scene::plain(2) };
        let together = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&together);
        let all = exhaustively(&name, MANY, move || {
            seen.fetch_add(usize::from(play(&scene).len() == 1), Ordering::Relaxed);
        });
        assert!(all, "{name}: there are more than {MANY}");
        assert!(together.load(Ordering::Relaxed) > 0, "{name}: they never share a commit");
    }
}

#[test]
fn who_waits_for_news_hears_of_the_last_commit() {
    let scene = Scene { listener: true, ..Scene::plain(3) };
    at_random("writers and a listener", interleavings(), move || drop(play(&scene)));
}
