//! Who keeps a place and who gives it up, over real connections.

use super::*;
use axum::body::{Body, Bytes, HttpBody};
use axum::routing::{get, post};
use hyper::body::Frame;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

/// What happens at all happens by then.
const SOON: Duration = Duration::from_secs(60);
/// What no test waits for.
const NEVER: Duration = Duration::from_secs(3600);

/// A server whose `/endless` never ends, whose `/body` answers how long its body is, and whose `/work` waits for a word.
struct Served {
    address: SocketAddr,
    /// Told when an endless answer was given up.
    dropped: UnboundedReceiver<()>,
    /// Told when a request for work has begun.
    working: UnboundedReceiver<()>,
    work: Arc<Semaphore>,
}

struct Endless(UnboundedSender<()>);

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[0; 65_536])))))
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        // A test that is over does not listen.
        let _ = self.0.send(());
    }
}

async fn served(limits: Limits) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let ((tell, dropped), (begin, working)) = (unbounded_channel(), unbounded_channel());
    let work = Arc::new(Semaphore::new(0));
    let waited = Arc::clone(&work);
    let app = Router::new()
        .route("/health", get(|| async { "ok\n" }))
        .route("/endless", get(move || std::future::ready(Body::new(Endless(tell.clone())))))
        .route("/body", post(|body: Bytes| async move { body.len().to_string() }))
        .route(
            "/work",
            get(move || {
                let (begin, waited) = (begin.clone(), Arc::clone(&waited));
                async move {
                    begin.send(()).unwrap();
                    waited.acquire().await.unwrap().forget();
                    "done\n"
                }
            }),
        );
    tokio::spawn(answer(listener, app, limits));
    Served { address, dropped, working, work }
}

impl Served {
    async fn begin(&self, request: &str) -> TcpStream {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        connection
    }

    /// Asks whether anybody is there, on a connection of its own.
    async fn health(&self) -> String {
        let connection = self.begin("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
        ended(connection).await
    }
}

/// What a connection says until it is ended.
async fn ended(mut connection: TcpStream) -> String {
    let mut said = Vec::new();
    // One that was reset has ended too.
    let _ = timeout(SOON, connection.read_to_end(&mut said)).await.expect("it ends");
    String::from_utf8_lossy(&said).into_owned()
}

/// Reads until an answer ends so.
async fn read_until(connection: &mut TcpStream, end: &str) {
    let mut said = Vec::new();
    while !said.ends_with(end.as_bytes()) {
        said.push(timeout(SOON, connection.read_u8()).await.expect("it answers").unwrap());
    }
}

const ENDLESS: &str = "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n";

#[tokio::test]
async fn those_who_read_nothing_keep_nobody_out() {
    let served = served(Limits { most: 4, head_within: NEVER, write_within: NEVER }).await;
    let mut stalled = Vec::new();
    for _ in 0..12 {
        stalled.push(served.begin(ENDLESS).await);
        assert!(served.health().await.ends_with("ok\n"));
    }
}

#[tokio::test]
async fn those_who_send_nothing_or_half_a_body_keep_nobody_out() {
    let served = served(Limits { most: 4, head_within: NEVER, write_within: NEVER }).await;
    let mut still = Vec::new();
    for request in ["", "GET /heal", "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"] {
        for _ in 0..6 {
            still.push(served.begin(request).await);
            assert!(served.health().await.ends_with("ok\n"), "{request}");
        }
    }
}

#[tokio::test]
async fn whoever_is_worked_for_keeps_their_place_and_the_idle_make_room() {
    let mut served = served(Limits { most: 2, head_within: NEVER, write_within: NEVER }).await;
    let mut worked = served.begin("GET /work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    timeout(SOON, served.working.recv()).await.unwrap().unwrap();
    let mut idle = served.begin("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").await;
    read_until(&mut idle, "ok\n").await;
    for _ in 0..6 {
        assert!(served.health().await.ends_with("ok\n"));
    }
    assert_eq!(ended(idle).await, "");
    served.work.add_permits(1);
    read_until(&mut worked, "done\n").await;
}

#[tokio::test]
async fn while_all_places_are_worked_for_the_next_waits_and_is_answered() {
    let mut served = served(Limits { most: 2, head_within: NEVER, write_within: NEVER }).await;
    let mut working = Vec::new();
    for _ in 0..2 {
        working.push(served.begin("GET /work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await);
        timeout(SOON, served.working.recv()).await.unwrap().unwrap();
    }
    let next = served.begin("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    served.work.add_permits(2);
    assert!(ended(next).await.ends_with("ok\n"));
    for connection in working {
        assert!(ended(connection).await.ends_with("done\n"));
    }
}

#[tokio::test]
async fn an_answer_that_is_not_taken_ends_its_connection() {
    let limits = Limits { most: 100, head_within: NEVER, write_within: Duration::from_millis(100) };
    let mut served = served(limits).await;
    let _stalled = served.begin(ENDLESS).await;
    timeout(SOON, served.dropped.recv()).await.expect("it is given up").unwrap();
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_its_connection() {
    let limits = Limits { most: 100, head_within: Duration::from_millis(100), write_within: NEVER };
    let served = served(limits).await;
    for request in ["GET /health HTTP/1.1\r\nHost: ", "GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /he"] {
        let said = ended(served.begin(request).await).await;
        assert_eq!(said.contains("ok\n"), request.contains("\r\n\r\n"), "{said}");
    }
}
