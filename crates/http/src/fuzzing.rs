//! The way of the fuzz targets to the parsers of requests. Nothing else uses it.

use crate::door::form::Form;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use engine::Result;
use futures_util::stream;

pub use crate::hosts::{Hosts, host};
pub use crate::links::conditions::Validators;
pub use crate::links::disposition::of as disposition;
pub use crate::links::range::{Part, parse as range};

/// A part of a form, read to its end.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// The file's name as it was sent.
    pub filename: Option<String>,
    /// What it holds.
    pub content: Vec<u8>,
}

/// The parts of a form that comes in these pieces, up to the first that cannot be read, and whether that was all of it.
///
/// # Errors
/// As a form's, if it is none.
pub async fn form(content_type: HeaderValue, pieces: Vec<Vec<u8>>) -> Result<(Vec<Field>, bool)> {
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, content_type)]);
    let pieces = stream::iter(pieces.into_iter().map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece))));
    let mut form = Form::of(&headers, Body::from_stream(pieces))?;
    let mut fields = Vec::new();
    loop {
        let Ok(next) = form.next().await else { return Ok((fields, false)) };
        let Some(mut part) = next else { return Ok((fields, true)) };
        let mut field =
            Field { name: part.field.clone(), filename: part.filename.clone(), content: Vec::new() };
        loop {
            match part.pieces().chunk().await {
                Ok(Some(piece)) => field.content.extend_from_slice(&piece),
                Ok(None) => break,
                Err(_) => return Ok((fields, false)),
            }
        }
        fields.push(field);
    }
}
