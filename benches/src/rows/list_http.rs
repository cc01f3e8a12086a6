//! The first page of 100 objects over HTTP, with a key, among a million and among ten thousand.

use crate::Result;
use crate::bench::Bench;
use crate::bulk;
use crate::home::Home;
use crate::line::{Found, Goal, Line, Unit};
use crate::rounds::{quantile, rounds};
use crate::server::Server;
use std::time::Instant;

/// Time of the 99th of a hundred requests on one connection.
pub fn run(bench: &Bench) -> Result<Found> {
    let (many, few) = (bench.size(1_000_000, 50_000), 10_000);
    let requests = bench.size(2_000, 400);
    let (mut small, mut large) = (Listed::new(bench, few)?, Listed::new(bench, many)?);
    let [small, large] = rounds(bench, [&mut || small.p99(requests), &mut || large.p99(requests)])?;
    let what = format!("First page among {many} over HTTP, p99");
    let (few, goal) = (format!("the same among {few}"), Goal::TimesAtMost(1.5));
    Ok(vec![
        Line::alone(&what, Unit::Seconds, large.median(), Goal::AtMost(0.005)),
        Line::versus("…", Unit::Seconds, (&few, &small), &large, goal),
    ]
    .into())
}

/// A bucket behind a server, and who asks for its first page.
struct Listed {
    key: String,
    path: String,
    server: Server,
}

impl Listed {
    fn new(bench: &Bench, count: u64) -> Result<Self> {
        let room = bench.room()?;
        let home = room.path().join("home");
        let bucket = bulk::home(&home, count)?;
        let key = Home::open(&home, &bucket)?.key()?;
        let server = Server::pail(bench.pail(), &home)?;
        let path = format!("/api/buckets/v1/buckets/{bucket}/blobs?limit=100");
        Ok(Self { key, path, server })
    }

    fn p99(&mut self, requests: usize) -> Result<f64> {
        let mut taken = Vec::with_capacity(requests);
        // A connection of this round: the server ends those that wait for their turn for too long.
        let mut asker = self.server.asker(self.key.clone())?;
        for _ in 0..requests {
            let begun = Instant::now();
            let page = asker.get(&self.path)?;
            taken.push(begun.elapsed().as_secs_f64());
            let blobs = page.windows(9).filter(|part| part == br#""blobId":"#).count();
            if blobs != 100 {
                return Err(format!("A page holds {blobs} blobs.").into());
            }
        }
        Ok(quantile(&taken, 0.99))
    }
}
