//! The router made from the command list.

use crate::{ApiError, error::ErrorCode, wire::*};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(non_camel_case_types, missing_docs)]
pub enum Access { read, write }

macro_rules! router {
    ($($access:ident $name:ident($req:ty) -> $res:ty),* $(,)?) => {
        /// Every command and what it may touch.
        pub const COMMANDS: &[(&str, Access)] = &[$((stringify!($name), Access::$access)),*];

        /// TypeScript: command name to `[request, answer]`.
        #[derive(ts_rs::TS)]
        #[ts(export_to = "commands.ts")]
        #[allow(dead_code, missing_docs)]
        pub struct Commands { $(pub $name: ($req, $res)),* }
    };
}
crate::for_each_command!(router);

pub fn dispatch() -> Result<(), ApiError> { Err(ApiError::new(ErrorCode::Internal, "")) }
