//! The routes as a connection asks them: its place is told when a request begins, waits for its body, and ends.

use super::places::Place;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::Request;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::service::{HttpService, Service as _, service_fn};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// What answers the requests of the connection in that place.
pub fn of(
    app: Router,
    place: Arc<Place>,
) -> impl HttpService<Incoming, ResBody = Answer, Error = Infallible, Future: Send> {
    let app = TowerToHyperService::new(app);
    service_fn(move |request: Request<Incoming>| {
        let begun = place.begin();
        let busy = Busy(Arc::clone(&place));
        let asked = request.map(|body| Body::new(Coming { body, place: Arc::clone(&place) }));
        let answered = app.call(asked);
        async move {
            if !begun {
                // The connection ends before anything of this is done.
                std::future::pending::<()>().await;
            }
            Ok(answered.await?.map(|body| Answer { body, _busy: busy }))
        }
    })
}

/// A request, until its answer is sent or given up.
struct Busy(Arc<Place>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// The body of a request.
struct Coming {
    body: Incoming,
    place: Arc<Place>,
}

impl HttpBody for Coming {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.place.sending(frame.is_pending());
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.place.sending(false);
    }
}

/// The body of an answer.
pub struct Answer {
    body: Body,
    _busy: Busy,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
