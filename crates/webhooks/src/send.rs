//! One request and its answer: no redirect is followed, no proxy is asked, no cookie is kept, and of the answer no more
//! is read than the log shows.

use crate::connect::{Connector, Stream};
use crate::sign;
use engine::{Answer, Attempt};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The most that is read of an answer's body, in bytes.
const MOST_SAID: usize = 4096;
/// The same of its head.
const MOST_HEAD: usize = 16 * 1024;
const AGENT: &str = concat!("Pail/", env!("CARGO_PKG_VERSION"));

/// Sends a message and tells what became of it, within `patience`.
pub async fn send(connector: &Arc<Connector>, attempt: &Attempt, patience: Duration) -> Answer {
    let end = Instant::now() + patience;
    let late = || format!("{} did not answer within {} s.", attempt.target.host(), patience.as_secs_f32());
    let stream = match timeout_at(end, connector.connect(attempt)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(why)) => return Answer::Nothing(why),
        Err(_) => return Answer::Nothing(late()),
    };
    match timeout_at(end, exchange(stream, attempt)).await {
        Ok(Ok((response, _connection))) => {
            let status = response.status();
            let said = match status.is_redirection() {
                true => REDIRECTED.to_owned(),
                false => said(response.into_body(), end).await,
            };
            Answer::Status(status.as_u16(), said)
        }
        Ok(Err(error)) => {
            Answer::Nothing(format!("{} did not answer as HTTP does: {error}.", attempt.target.host()))
        }
        Err(_) => Answer::Nothing(late()),
    }
}

const REDIRECTED: &str =
    "It points elsewhere, and no redirect is followed. Set the address that it points to.";

/// The connection's own work, ended when this is dropped.
struct Connection(tokio::task::JoinHandle<()>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(
    stream: Box<dyn Stream>,
    attempt: &Attempt,
) -> Result<(Response<Incoming>, Connection), String> {
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MOST_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    // What goes wrong with the connection, the request tells.
    let connection = Connection(tokio::spawn(async move { drop(connection.await) }));
    let request = request(attempt).map_err(|error| error.to_string())?;
    let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
    Ok((response, connection))
}

fn request(attempt: &Attempt) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let seconds = attempt.now.div_euclid(1000);
    Request::post(attempt.target.path())
        .header("host", attempt.target.authority())
        .header("user-agent", AGENT)
        .header("content-type", "application/json")
        .header("connection", "close")
        .header("webhook-id", &attempt.id)
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", sign::signature(&attempt.secret, &attempt.id, seconds, &attempt.body))
        .body(Full::new(Bytes::from(attempt.body.clone())))
}

/// The beginning of the body. The status has come already: a body that ends too soon or never changes nothing.
async fn said(mut body: Incoming, end: Instant) -> String {
    let mut read = Vec::new();
    while read.len() < MOST_SAID {
        let Ok(Some(Ok(frame))) = timeout_at(end, body.frame()).await else { break };
        if let Ok(data) = frame.into_data() {
            read.extend_from_slice(&data);
        }
    }
    read.truncate(MOST_SAID);
    String::from_utf8_lossy(&read).trim().to_owned()
}
