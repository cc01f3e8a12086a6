//! Tells the page of changes, several at a time: a job that writes a thousand times a second must not freeze the window.

use crate::page::{Page, Signal};
use api::{ApiError, wire::Event};
use engine::{Engine, Subscription};
use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};
use tauri::{AppHandle, Manager, Runtime};

/// How long changes are gathered before the page hears of them.
const GATHER: Duration = Duration::from_millis(50);

/// Forwards the engine's events to the page until the subscription is dropped. An error if listening cannot begin.
pub fn forward<R: Runtime>(engine: &Engine, app: AppHandle<R>) -> Result<Subscription, ApiError> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(first) = receiver.recv() {
            let events = gather(first, &receiver, GATHER);
            app.state::<Page>().tell(Signal::Changes { events });
        }
    });
    // The thread ends when the subscription does, as the sender goes with it.
    api::subscribe(engine, move |events| drop(sender.send(events)))
}

/// Everything that comes within `span`, in the order it came.
fn gather(first: Vec<Event>, receiver: &Receiver<Vec<Event>>, span: Duration) -> Vec<Event> {
    let end = Instant::now() + span;
    let mut events = first;
    loop {
        match receiver.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(more) => events.extend(more),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return events,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::wire::EventKind;

    fn event(id: u64) -> Event {
        Event {
            id,
            at: 0,
            kind: EventKind::DataChanged,
            bucket: None,
            object: None,
            detail: String::new(),
            number: 0,
            by: String::new(),
        }
    }

    #[test]
    fn changes_that_come_together_are_told_together_and_in_order() {
        let (sender, receiver) = mpsc::channel();
        sender.send(vec![event(2), event(3)]).unwrap();
        sender.send(vec![event(4)]).unwrap();
        let events = gather(vec![event(1)], &receiver, Duration::from_millis(5));
        assert_eq!(events.iter().map(|event| event.id).collect::<Vec<_>>(), [1, 2, 3, 4]);
    }

    #[test]
    fn gathering_ends_when_nothing_more_can_come() {
        let (sender, receiver) = mpsc::channel();
        drop(sender);
        assert_eq!(gather(vec![event(1)], &receiver, Duration::from_secs(60)).len(), 1);
    }
}
