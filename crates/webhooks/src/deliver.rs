//! The worker: looks for messages whose turn it is, sends them, and writes down what became of them.

use crate::connect::{self, Connector, Resolve};
use crate::send::send;
use engine::{Attempt, Code, Duty, Engine, Error, Result};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::sleep;

/// Messages on the way at one time; at most one to each webhook.
const AT_ONCE: usize = 8;
/// Look-ups of names that hang go on after their attempt was given up, and must not keep the rest from working.
const THREADS: usize = 8 * AT_ONCE;
/// So many times as long lie between two looks where there is no webhook, or another process delivers.
const IDLE_LOOKS: u32 = 4;
/// After a note that could not be written its webhook waits for so long.
const RECOVERY: Duration = Duration::from_secs(2);
/// What is being written down when the worker is stopped may take so long.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How the worker works.
#[derive(Clone)]
pub struct Settings {
    /// A receiver has so long to answer.
    pub patience: Duration,
    /// From one look for messages to the next.
    pub look_every: Duration,
    /// How names are looked up.
    pub resolve: Resolve,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(15),
            look_every: Duration::from_millis(500),
            resolve: connect::system(),
        }
    }
}

/// Delivers a home's messages until it is dropped. Of several on one home, in any processes, one delivers; when that ends
/// another takes over. What was on its way when it ended is sent again.
pub struct Deliverer {
    runtime: Option<Runtime>,
}

impl Deliverer {
    /// Starts to deliver, in the background.
    ///
    /// # Errors
    /// `io` if no thread can be had.
    pub fn start(engine: Engine, settings: Settings) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(THREADS)
            .thread_name("pail-webhooks")
            .enable_all()
            .build()
            .map_err(|error| {
                let message = format!("Webhooks are not delivered: {error}. Start Pail again.");
                Error::new(Code::Io, message).because(error)
            })?;
        runtime.spawn(work(engine, settings));
        Ok(Self { runtime: Some(runtime) })
    }
}

impl Drop for Deliverer {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(LAST_WORDS);
        }
    }
}

/// What a look found.
#[derive(Default)]
struct Found {
    duty: Option<Arc<Duty>>,
    turns: Vec<Attempt>,
    /// There may be more to make messages of.
    more: bool,
}

async fn work(engine: Engine, settings: Settings) {
    let connector = Arc::new(Connector::new(Arc::clone(&settings.resolve), settings.patience / 2));
    let mut duty = None;
    let mut busy = HashMap::new();
    let mut sending = JoinSet::new();
    loop {
        let (engine, held) = (engine.clone(), duty.take());
        // A database that cannot be read now is read at the next look; nothing is lost by waiting.
        let found =
            spawn_blocking(move || look(&engine, held)).await.ok().and_then(Result::ok).unwrap_or_default();
        duty = found.duty;
        let pause = match &duty {
            Some(_) if found.more => Duration::ZERO,
            Some(_) => settings.look_every,
            None => IDLE_LOOKS * settings.look_every,
        };
        if let Some(duty) = &duty {
            let free = AT_ONCE.saturating_sub(busy.len());
            let mut turns = found.turns;
            turns.retain(|turn| !busy.values().any(|webhook| *webhook == turn.webhook));
            for attempt in turns.into_iter().take(free) {
                let webhook = attempt.webhook;
                let task = deliver(Arc::clone(duty), Arc::clone(&connector), attempt, settings.patience);
                busy.insert(sending.spawn(task).id(), webhook);
            }
        }
        tokio::select! {
            Some(ended) = sending.join_next_with_id() => {
                let task = ended.map_or_else(|error| error.id(), |(task, ())| task);
                busy.remove(&task);
            }
            () = sleep(pause) => {}
        }
    }
}

/// Takes on the duty if nobody else has it, makes messages of what happened, and says whose turn it is.
fn look(engine: &Engine, held: Option<Arc<Duty>>) -> Result<Found> {
    if !engine.has_webhooks()? {
        return Ok(Found::default());
    }
    let duty = match held {
        Some(duty) => duty,
        None => match engine.webhook_duty()? {
            Some(duty) => Arc::new(duty),
            None => return Ok(Found::default()),
        },
    };
    let more = duty.spread()?;
    let turns = duty.turns()?;
    Ok(Found { duty: Some(duty), turns, more })
}

/// Sends one message and writes down what became of it.
async fn deliver(duty: Arc<Duty>, connector: Arc<Connector>, attempt: Attempt, patience: Duration) {
    let answer = send(&connector, &attempt, patience).await;
    let noted = spawn_blocking(move || duty.note(&attempt.id, answer)).await;
    if !matches!(noted, Ok(Ok(()))) {
        // The message goes out once more, but not at once: a full disk stays full for a while.
        sleep(RECOVERY).await;
    }
}
