//! The storage engine: buckets, objects, data, and the rules that govern them. It knows no face.
pub mod error;
pub use error::{Code, Error, Result};
/// The engine.
pub struct Engine;
