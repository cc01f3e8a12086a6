//! The way from the program to the page: one channel, which the page opens and opens anew when it is loaded again.

use crate::drag::Drag;
use api::wire::Event;
use parking_lot::Mutex;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::ipc::Channel;

/// What the page is told without asking (`Signal` in `ui/src/host/host.ts`).
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Signal {
    /// Something changed, here or by another program on the same home.
    Changes { events: Vec<Event> },
    /// Files are being dragged over the window.
    Drag(Drag),
    /// The person wants to close the window while something is unsaved.
    Close,
}

/// The page that is loaded now.
#[derive(Default)]
pub struct Page {
    channel: Mutex<Option<Channel<Signal>>>,
    unsaved: AtomicBool,
}

impl Page {
    /// From now on signals go here. A page that was loaded before gets none any more, and what it had unsaved is gone.
    pub fn listen(&self, channel: Channel<Signal>) {
        self.unsaved.store(false, Ordering::Release);
        *self.channel.lock() = Some(channel);
    }

    /// Tells the page. False if no page listens.
    pub fn tell(&self, signal: Signal) -> bool {
        let channel = self.channel.lock().clone();
        channel.is_some_and(|channel| channel.send(signal).is_ok())
    }

    /// Whether closing now would lose something.
    pub fn set_unsaved(&self, unsaved: bool) {
        self.unsaved.store(unsaved, Ordering::Release);
    }

    /// Lets the window close, or asks the page first. A page that cannot be asked keeps nobody in.
    pub fn may_close(&self) -> bool {
        !(self.unsaved.load(Ordering::Acquire) && self.tell(Signal::Close))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::sync::Arc;
    use tauri::ipc::InvokeResponseBody;

    /// A channel and what came through it.
    fn listening() -> (Channel<Signal>, Arc<Mutex<Vec<Value>>>) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = heard.clone();
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(text) = body {
                ear.lock().push(serde_json::from_str(&text).unwrap());
            }
            Ok(())
        });
        (channel, heard)
    }

    #[test]
    fn signals_read_as_the_page_expects_them() {
        let (channel, heard) = listening();
        let page = Page::default();
        page.listen(channel);
        page.tell(Signal::Changes { events: vec![] });
        page.tell(Signal::Drag(Drag::Enter { paths: vec!["/a b".into()], x: 1.0, y: 2.0 }));
        page.tell(Signal::Drag(Drag::Leave));
        page.tell(Signal::Close);
        assert_eq!(
            *heard.lock(),
            [
                json!({"kind": "changes", "events": []}),
                json!({"kind": "drag", "phase": "enter", "paths": ["/a b"], "x": 1.0, "y": 2.0}),
                json!({"kind": "drag", "phase": "leave"}),
                json!({"kind": "close"}),
            ]
        );
    }

    #[test]
    fn closing_asks_the_page_only_while_something_is_unsaved() {
        let (channel, heard) = listening();
        let page = Page::default();
        page.listen(channel);
        assert!(page.may_close());
        page.set_unsaved(true);
        assert!(!page.may_close());
        assert_eq!(*heard.lock(), [json!({"kind": "close"})]);
        page.set_unsaved(false);
        assert!(page.may_close());
    }

    #[test]
    fn a_page_that_cannot_be_asked_keeps_nobody_in() {
        let page = Page::default();
        page.set_unsaved(true);
        assert!(page.may_close());
    }

    #[test]
    fn a_page_loaded_anew_takes_over_and_has_nothing_unsaved() {
        let (first, old) = listening();
        let (second, new) = listening();
        let page = Page::default();
        page.listen(first);
        page.set_unsaved(true);
        page.listen(second);
        assert!(page.may_close());
        page.tell(Signal::Close);
        assert_eq!((old.lock().len(), new.lock().len()), (0, 1));
    }
}
