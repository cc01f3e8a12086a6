//! The way of the fuzz targets to the definitions of `pail push`. Nothing else uses it.

use crate::commands::push::definition::parse;
use crate::commands::push::directory::Found;
use api::ApiError;
use engine::NewBucket;
use std::path::PathBuf;

/// The bucket that the bytes of a file define.
///
/// # Errors
/// As `pail push` tells them, with `line` and `column` where the place is known.
pub fn definition(bytes: Vec<u8>) -> Result<NewBucket, ApiError> {
    let path = PathBuf::from("definition.toml");
    let file = Found { shown: path.clone(), real: path };
    Ok(parse(&file, bytes)?.new_bucket())
}
