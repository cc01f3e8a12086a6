//! The router made from the command list: one function for each command, in the file of its noun.

mod access;
mod bucket;
mod checkout;
mod data;
mod object;
mod transfer;
mod trash;
mod webhook;
mod workspace;

use crate::{ApiError, error::ErrorCode, wire::*};
use engine::{Caller, Engine};
use serde_json::Value;

use access::*;
use bucket::*;
use checkout::*;
use data::*;
use object::*;
use transfer::*;
use trash::*;
use webhook::*;
use workspace::*;

/// What a command may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Changes nothing.
    Read,
    /// Changes something.
    Write,
}

macro_rules! access {
    (read) => {
        Access::Read
    };
    (write) => {
        Access::Write
    };
}

macro_rules! router {
    ($($access:ident $name:ident($req:ty) -> $res:ty),* $(,)?) => {
        /// Every command and what it may touch.
        pub const COMMANDS: &[(&str, Access)] = &[$((stringify!($name), access!($access))),*];

        /// Runs one command by name. It works until it is done: call it where waiting is allowed.
        ///
        /// # Errors
        /// `unknown_command`, `bad_request` for a request of another form, and what the command itself refuses.
        pub fn dispatch(engine: &Engine, caller: &Caller, name: &str, payload: Value) -> Result<Value, ApiError> {
            match name {
                $(stringify!($name) => {
                    let request: $req = serde_json::from_value(payload).map_err(|error| bad(name, &error))?;
                    let answer: $res = $name(engine, caller, request)?;
                    serde_json::to_value(answer).map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))
                })*
                other => Err(ApiError::new(ErrorCode::UnknownCommand, format!("There is no command {other}."))),
            }
        }

        /// TypeScript: command name to `[request, answer]`.
        #[derive(ts_rs::TS)]
        #[ts(export_to = "commands.ts")]
        #[allow(dead_code, missing_docs)]
        pub struct Commands { $(pub $name: ($req, $res)),* }
    };
}
crate::for_each_command!(router);

fn bad(command: &str, error: &serde_json::Error) -> ApiError {
    ApiError::new(ErrorCode::BadRequest, format!("This is not a request for {command}: {error}."))
}
