//! Forms (`multipart/form-data`), part by part, each held to a limit.

use super::{body, unreadable};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use engine::{Code, Error, Result};
use futures_util::{Stream, StreamExt as _};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

/// The most parts of a form.
pub const MAX_PARTS: usize = 1000;
/// The longest text field, in bytes.
const MAX_FIELD: usize = 64 * 1024;

/// The most bytes on the way to the next part: its head, and what was not read of the part before. The parser keeps a head
/// in memory, however long it is, and looks through it again with each piece.
const MAX_HEAD: usize = 1 << 20;

/// A form as it comes.
pub struct Form {
    parts: multer::Multipart<'static>,
    count: usize,
    /// Bytes that may still be taken in.
    room: Arc<AtomicUsize>,
}

/// Pieces of a body one at a time: the parser would take all that has come into memory at once.
struct Pieces<S> {
    pieces: S,
    room: Arc<AtomicUsize>,
    /// Whether it is the parser's turn.
    given: bool,
}

impl<S: Stream<Item = io::Result<Bytes>> + Unpin> Stream for Pieces<S> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.given) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = ready!(self.pieces.poll_next_unpin(context));
        self.given = next.is_some();
        if let Some(Ok(piece)) = &next {
            let Some(room) = self.room.load(Ordering::Relaxed).checked_sub(piece.len()) else {
                return Poll::Ready(Some(Err(io::Error::other("the head of a part is too long"))));
            };
            self.room.store(room, Ordering::Relaxed);
        }
        Poll::Ready(next)
    }
}

/// A part: a text field, or a file.
pub struct Part {
    /// The field's name.
    pub field: String,
    /// The file's name as it was sent; `None` for a text field.
    pub filename: Option<String>,
    inner: multer::Field<'static>,
}

impl Form {
    /// Whether a request is a form.
    pub fn is_one(headers: &HeaderMap) -> bool {
        boundary(headers).is_some()
    }

    /// The form of a request.
    ///
    /// # Errors
    /// `bad_request` for what is none.
    pub fn of(headers: &HeaderMap, body: Body) -> Result<Self> {
        let boundary = boundary(headers).ok_or_else(|| unreadable("it is no multipart/form-data"))?;
        // The longest that a body may pause holds for every piece of it.
        let pieces = futures_util::stream::unfold(body.into_data_stream(), |mut pieces| async move {
            match body::next(&mut pieces).await {
                Ok(piece) => piece.map(|piece| (Ok(piece), pieces)),
                Err(error) => Some((Err(io::Error::other(error.message().to_owned())), pieces)),
            }
        });
        let room = Arc::<AtomicUsize>::default();
        let pieces = Pieces { pieces: pieces.boxed(), room: Arc::clone(&room), given: false };
        Ok(Self { parts: multer::Multipart::new(pieces, boundary), count: 0, room })
    }

    /// The next part. The part before is read to its end first.
    ///
    /// # Errors
    /// `bad_request`, also for more than 1 MiB on the way to it; `too_large` for more than [`MAX_PARTS`].
    pub async fn next(&mut self) -> Result<Option<Part>> {
        self.room.store(MAX_HEAD, Ordering::Relaxed);
        let next = self.parts.next_field().await.map_err(unreadable)?;
        self.room.store(usize::MAX, Ordering::Relaxed);
        let Some(inner) = next else { return Ok(None) };
        self.count += 1;
        if self.count > MAX_PARTS {
            return Err(Error::new(
                Code::TooLarge,
                format!("A form has at most {MAX_PARTS} parts. Send the rest in another."),
            )
            .with("limit", MAX_PARTS));
        }
        let field = inner.name().unwrap_or_default().to_owned();
        Ok(Some(Part { field, filename: inner.file_name().map(str::to_owned), inner }))
    }
}

impl Part {
    /// The text of a field.
    ///
    /// # Errors
    /// `too_large`, `bad_request` for what is no UTF-8.
    pub async fn text(mut self) -> Result<String> {
        let mut all = Vec::new();
        while let Some(piece) = self.inner.chunk().await.map_err(unreadable)? {
            if all.len() + piece.len() > MAX_FIELD {
                return Err(Error::new(
                    Code::TooLarge,
                    format!("The field “{}” is longer than {MAX_FIELD} bytes. Shorten it.", self.field),
                )
                .with("limit", MAX_FIELD));
            }
            all.extend_from_slice(&piece);
        }
        String::from_utf8(all).map_err(|_| unreadable(format!("the field “{}” is no text", self.field)))
    }

    /// The bytes of a file as they come.
    pub fn pieces(&mut self) -> &mut multer::Field<'static> {
        &mut self.inner
    }
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(header::CONTENT_TYPE)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use futures_util::stream;

    const PIECE: usize = 64 << 10;

    /// A form of these pieces, and how many of them were taken in.
    fn form(pieces: impl Iterator<Item = Vec<u8>> + Send + 'static) -> (Form, Arc<AtomicUsize>) {
        let taken = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&taken);
        let pieces = pieces.inspect(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let body = Body::from_stream(stream::iter(pieces.map(Ok::<_, io::Error>)));
        let kind = HeaderValue::from_static("multipart/form-data; boundary=x");
        (Form::of(&HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]), body).unwrap(), taken)
    }

    fn endless(begin: &str) -> impl Iterator<Item = Vec<u8>> + Send + use<> {
        std::iter::once(begin.as_bytes().to_vec()).chain(std::iter::repeat_with(|| vec![b'a'; PIECE]))
    }

    #[tokio::test]
    async fn a_head_without_an_end_is_refused_before_it_fills_the_memory() {
        for begin in
            ["", "--x", "--x\r\n", "--x\r\nContent-Disposition: form-data; name=\"", "--x\r\nA: b\r\n"]
        {
            let (mut form, taken) = form(endless(begin));
            assert!(form.next().await.is_err_and(|error| error.code() == Code::BadRequest), "{begin:?}");
            assert!(taken.load(Ordering::Relaxed) <= MAX_HEAD / PIECE + 2, "{begin:?}");
        }
    }

    #[tokio::test]
    async fn a_part_is_read_as_it_comes_however_long_it_is() {
        let (mut form, taken) = form(endless("--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n"));
        let mut part = form.next().await.unwrap().unwrap();
        for read in 1..200 {
            assert!(part.pieces().chunk().await.unwrap().is_some());
            let taken = taken.load(Ordering::Relaxed);
            assert!(taken <= read + 2, "{taken} pieces were taken in for {read}");
        }
    }
}
