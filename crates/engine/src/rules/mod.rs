//! The rules. Pure: data in, decision out; no clock, no disk, no database.

pub mod json;
pub mod limits;
pub mod media_type;
pub mod name;
pub mod slug;
pub mod types;
pub mod words;
