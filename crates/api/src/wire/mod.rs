//! Wire types: plain data in camelCase, converted from the engine's words at this boundary and nowhere else.
//!
//! Times are Unix milliseconds, sizes are bytes. Requests refuse fields they do not know.

#![allow(missing_docs, reason = "a field whose name says it all has no comment; the types and the rest have")]

mod access;
mod bucket;
mod care;
mod data;
mod event;
mod export;
mod ingest;
mod object;
mod trash;
mod webhook;
mod workspace;

pub use access::*;
pub use bucket::*;
pub use care::*;
pub use data::*;
pub use event::*;
pub use export::*;
pub use ingest::*;
pub use object::*;
pub use trash::*;
pub use webhook::*;
pub use workspace::*;

/// Declares request types: deserialised strictly, exported to TypeScript.
macro_rules! request {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, serde::Deserialize, serde::Serialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[ts(export_to = "wire.ts")]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )*};
}

/// Declares answer types: serialised, exported to TypeScript.
macro_rules! answer {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        #[ts(export_to = "wire.ts")]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )*};
}

/// Declares closed lists of words: snake_case on the wire.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "snake_case")]
        #[ts(export_to = "wire.ts")]
        pub enum $name { $($(#[$vmeta])* $variant),* }
    )*};
}

pub(crate) use {answer, request, words};
