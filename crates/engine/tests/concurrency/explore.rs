//! Running something in many orders of turns.

use shuttle::scheduler::{DfsScheduler, PctScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, FailurePersistence, Runner};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Preemptions that the scheduler places in an otherwise calm run.
const PREEMPTIONS: usize = 3;
/// SQLite needs more than shuttle gives a thread.
const STACK: usize = 256 * 1024;

/// As many as each test tries.
pub fn interleavings() -> usize {
    std::env::var("PAIL_INTERLEAVINGS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

/// Half of them with a turn for anybody at any time, half calm but for a few preemptions.
pub fn at_random(name: &str, count: usize, scene: impl Fn() + Send + Sync + Clone + 'static) {
    let begun = Instant::now();
    let tried = run(RandomScheduler::new(count / 2), scene.clone())
        + run(PctScheduler::new(PREEMPTIONS, count / 2), scene);
    println!("{name}: {tried} interleavings in {:.1} s", begun.elapsed().as_secs_f64());
    assert_eq!(tried, count / 2 * 2);
}

/// All there are, at most `bound`; whether that was all.
pub fn exhaustively(name: &str, bound: usize, scene: impl Fn() + Send + Sync + 'static) -> bool {
    let begun = Instant::now();
    let tried = run(DfsScheduler::new(Some(bound), false), scene);
    let all = tried < bound;
    let which = if all { "all " } else { "" };
    println!("{name}: {which}{tried} interleavings in {:.1} s", begun.elapsed().as_secs_f64());
    all
}

/// What was found wrong within so many; nothing if all went well.
pub fn caught(count: usize, scene: impl Fn() + Send + Sync + 'static) -> Option<String> {
    let found = catch_unwind(AssertUnwindSafe(|| run(RandomScheduler::new(count), scene))).err()?;
    let text = found.downcast_ref::<String>().cloned();
    text.or_else(|| found.downcast_ref::<&str>().map(|text| (*text).to_owned())).or(Some(String::new()))
}

fn run(scheduler: impl Scheduler + 'static, scene: impl Fn() + Send + Sync + 'static) -> usize {
    let mut config = Config::new();
    config.stack_size = STACK;
    config.failure_persistence = FailurePersistence::Print;
    Runner::new(scheduler, config).run(scene)
}
