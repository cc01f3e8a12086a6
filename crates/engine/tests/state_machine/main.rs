//! Random sequences of every operation, restarts and crashes included, against a plain model of what must come out.
//!
//! `PAIL_SEQUENCES` says how many (2,000 if it does not). A failing sequence is made small, printed, and kept in
//! `proptest-regressions/`, where every later run tries it first.

#![allow(clippy::unwrap_used, reason = "this is test code, though not all of it inside test functions")]

mod act;
mod buckets;
mod check;
#[path = "../common/mod.rs"]
mod common;
mod files;
mod homes;
mod model;
mod people;
mod world;

use act::{Act, act};
use common::{id, key};
use proptest::prelude::*;
use proptest::test_runner::{FailurePersistence, FileFailurePersistence};
use world::World;

/// Of each of the two tests below, which run side by side.
fn sequences() -> u32 {
    std::env::var("PAIL_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(2000_u32).div_ceil(2)
}

/// Where a sequence that fails is kept.
fn kept() -> Option<Box<dyn FailurePersistence>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/state_machine.txt");
    Some(Box::new(FileFailurePersistence::Direct(path)))
}

fn follow(acts: &[Act]) {
    let mut world = World::new();
    for act in acts {
        world.act(act);
        world.check();
    }
    world.check_disk();
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: sequences(), max_shrink_iters: 4000, failure_persistence: kept(), ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_done_in_whatever_order_comes_out_as_the_model_says(acts in proptest::collection::vec(act(), 1..30)) {
        follow(&acts);
    }

    #[test]
    fn short_sequences_come_out_as_the_model_says(acts in proptest::collection::vec(act(), 1..8)) {
        follow(&acts);
    }
}

/// Restores whose place is taken, in a row: a fixture of the model above.
#[test]
fn three_of_one_name_come_back_side_by_side() {
    let home = common::Home::new();
    let bucket = home.bucket("b");
    let mut gone = Vec::new();
    for _ in 0..3 {
        gone.push(home.put(&bucket, "a.txt", b"x"));
        home.engine.object_delete(&home.me, "b", &[key("a.txt")], &[]).unwrap();
    }
    let all: Vec<_> = gone.iter().map(id).collect();
    let back = home.engine.object_restore(&home.me, "b", &all).unwrap();
    assert_eq!(
        back.iter().map(engine::model::Object::key).collect::<Vec<_>>(),
        ["a.txt", "a-2.txt", "a-3.txt"]
    );
}
