//! Forms (`multipart/form-data`), part by part, each held to a limit.

use super::{body, unreadable};
use axum::body::Body;
use axum::http::{HeaderMap, header};
use engine::{Code, Error, Result};
use futures_util::StreamExt as _;

/// The most parts of a form.
pub const MAX_PARTS: usize = 1000;
/// The longest text field, in bytes.
const MAX_FIELD: usize = 64 * 1024;

/// A form as it comes.
pub struct Form {
    parts: multer::Multipart<'static>,
    count: usize,
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
                Err(error) => Some((Err(std::io::Error::other(error.message().to_owned())), pieces)),
            }
        });
        Ok(Self { parts: multer::Multipart::new(pieces.boxed(), boundary), count: 0 })
    }

    /// The next part.
    ///
    /// # Errors
    /// `bad_request`; `too_large` for more than [`MAX_PARTS`].
    pub async fn next(&mut self) -> Result<Option<Part>> {
        let Some(inner) = self.parts.next_field().await.map_err(unreadable)? else { return Ok(None) };
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
