//! What acts cost as a bucket grows: a put, the first page, a merge, a delete, opening the home.

use crate::Result;
use crate::bench::Bench;
use crate::bulk;
use crate::files::{SMALL, noise};
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::plot::{Curve, plot};
use crate::rounds::{Turn, quantile, rounds};
use crate::table::{align, figure};
use engine::ListRequest;
use std::path::{Path, PathBuf};
use std::time::Instant;

const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
const QUICK_SIZES: [u64; 4] = [100, 1_000, 10_000, 30_000];
/// What is done in each round, and how often.
const ACTS: [&str; 5] = ["put of 10 KB", "first page of 100", "merge", "delete", "open the home"];
/// The same act so often in one round; its median counts.
const TIMES: usize = 21;
/// Where the plot goes.
const PLOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/bench-growth.svg");

/// A home of one size, with numbers for what was put and deleted so far.
struct Grown {
    path: PathBuf,
    bucket: String,
    count: u64,
    put: u64,
    deleted: u64,
}

/// All acts at all sizes, the sizes taking turns.
pub fn run(bench: &Bench) -> Result<Found> {
    let sizes = bench.size(SIZES, QUICK_SIZES);
    let room = bench.room()?;
    let mut homes = Vec::new();
    for count in sizes {
        homes.push(Grown::new(&room.path().join(format!("home-{count}")), count)?);
    }
    let mut lines = Vec::new();
    let mut curves = Vec::new();
    for (act, name) in ACTS.iter().enumerate() {
        let [a, b, c, d] = &mut homes[..] else { return Err("There are four sizes.".into()) };
        let turns: [Turn<'_>; 4] =
            [&mut || a.median(act), &mut || b.median(act), &mut || c.median(act), &mut || d.median(act)];
        let all = rounds(bench, turns)?;
        let (what, peer) = (format!("{name}, {} objects", sizes[3]), format!("the same, {}", sizes[0]));
        lines.push(Line::versus(&what, Unit::Seconds, (&peer, &all[0]), &all[3], Goal::None));
        let points = sizes.iter().zip(&all).map(|(size, samples)| (*size as f64, samples.median())).collect();
        curves.push(Curve { name: (*name).to_owned(), points });
    }
    if !bench.is_quick() {
        std::fs::write(PLOT, plot("Objects in the bucket", "Seconds", &curves))?;
    }
    Ok(Found { lines, extra: Some(table(&sizes, &curves)) })
}

impl Grown {
    fn new(path: &Path, count: u64) -> Result<Self> {
        let bucket = bulk::home(path, count)?;
        Ok(Self { path: path.to_owned(), bucket, count, put: 0, deleted: 0 })
    }

    /// The median of an act done some times.
    fn median(&mut self, act: usize) -> Result<f64> {
        let home = Home::open(&self.path, &self.bucket)?;
        let mut taken = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            taken.push(self.act(act, &home)?);
        }
        Ok(quantile(&taken, 0.5))
    }

    fn act(&mut self, act: usize, home: &Home) -> Result<f64> {
        match act {
            0 => {
                self.put += 1;
                let (key, bytes) = (format!("new-{:06}.bin", self.put), noise(self.put, SMALL));
                timed(|| home.put(&key, &bytes))
            }
            1 => {
                let first = ListRequest { folder: Some(String::new()), limit: 100, ..ListRequest::default() };
                timed(|| home.list(&first))
            }
            2 => {
                self.put += 1;
                let patch = format!("{{\"count\": {}}}", self.put);
                timed(|| home.merge(&patch))
            }
            3 => {
                // Every third number, so that most are at the top and some in folders.
                let key = bulk::key(self.deleted * 3 % self.count, self.count);
                self.deleted += 1;
                timed(|| home.delete(&key))
            }
            _ => timed(|| Home::open(&self.path, &self.bucket)),
        }
    }
}

/// Seconds that the work takes; what it gives is dropped after that.
fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<f64> {
    let begun = Instant::now();
    let given = work()?;
    let taken = begun.elapsed().as_secs_f64();
    drop(given);
    Ok(taken)
}

fn table(sizes: &[u64; 4], curves: &[Curve]) -> String {
    let head = [
        String::from("Cost as a bucket grows"),
        sizes[0].to_string(),
        sizes[1].to_string(),
        sizes[2].to_string(),
        sizes[3].to_string(),
    ];
    let mut rows = vec![head];
    for curve in curves {
        let mut cells = curve.points.iter().map(|(_, seconds)| figure(*seconds, Unit::Seconds));
        rows.push(std::array::from_fn(|column| match column {
            0 => curve.name.clone(),
            _ => cells.next().unwrap_or_default(),
        }));
    }
    align(&rows)
}
