//! Negative controls: what must not be is done, one thing at a time, and has to be caught.

use crate::batches::{Scene, play};
use crate::explore::caught;
use crate::sync::{Broken, break_it};

/// A control that is not caught within so many is not caught.
const BOUND: usize = 2_000;

fn found(broken: Option<Broken>, scene: Scene) -> String {
    break_it(broken);
    let found = caught(BOUND, move || drop(play(&scene)));
    break_it(None);
    found.expect("it is caught")
}

#[test]
fn an_answer_before_its_commit_is_caught() {
    let found = found(None, Scene { hasty: true, ..Scene::plain(3) });
    // Its own writer sees it, or who looks afterwards for what the batches kept.
    let signs = ["answered before its commit", "durable is what was kept"];
    assert!(signs.iter().any(|sign| found.contains(sign)), "{found}");
}

#[test]
fn an_answer_that_never_comes_is_caught() {
    let found = found(Some(Broken::Answer), Scene::plain(3));
    assert!(found.contains("deadlock"), "{found}");
}

#[test]
fn a_commit_that_wakes_nobody_is_caught() {
    let found = found(Some(Broken::Wake), Scene { listener: true, ..Scene::plain(2) });
    assert!(found.contains("deadlock"), "{found}");
}
