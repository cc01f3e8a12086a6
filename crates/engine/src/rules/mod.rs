//! The rules. Pure: data in, decision out; no clock, no disk, no database.

pub mod address;
pub mod cel;
pub mod glob;
pub mod json;
pub mod limits;
pub mod media_type;
pub mod name;
pub mod policy;
pub mod retry;
pub mod sign;
pub mod slug;
pub mod types;
pub mod words;
