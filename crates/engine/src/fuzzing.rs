//! The way of the fuzz targets to parsers that no face reaches by themselves. No face uses it.

pub use crate::ops::doctor::{BucketTag, ContentTag};
pub use crate::ops::object::cursor;
pub use crate::ops::object::picture;
