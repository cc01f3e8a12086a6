//! One command's view of an open home: commands by name with typed requests and answers.

use crate::failure::Failure;
use crate::output;
use api::{ApiError, ErrorCode};
use engine::{Caller, Engine};
use serde::{Serialize, de::DeserializeOwned};
use std::io;
use std::path::PathBuf;

/// An open home, who asks, and how answers are shown.
pub struct Session {
    pub engine: Engine,
    pub caller: Caller,
    pub json: bool,
}

impl Session {
    /// Opens the home that was named, or the usual one.
    pub fn open(home: Option<PathBuf>, json: bool) -> Result<Self, Failure> {
        let engine = Engine::open(&engine::home::locate(home)?)?;
        Ok(Self { engine, caller: Caller::cli(), json })
    }

    /// Runs a command of the one list.
    pub fn call<A: DeserializeOwned>(&self, command: &str, request: impl Serialize) -> Result<A, Failure> {
        let request = serde_json::to_value(request).map_err(|error| broken(command, &error))?;
        let answer = api::dispatch(&self.engine, &self.caller, command, request)?;
        serde_json::from_value(answer).map_err(|error| broken(command, &error))
    }

    /// Shows an answer: the wire type as JSON, or `people`'s words.
    pub fn show<A: Serialize>(
        &self,
        answer: &A,
        people: impl FnOnce(&A) -> io::Result<()>,
    ) -> Result<(), Failure> {
        if self.json {
            output::json(answer)?;
        } else {
            people(answer)?;
        }
        Ok(())
    }
}

fn broken(command: &str, error: &serde_json::Error) -> Failure {
    let message = format!("{command} does not speak as it should: {error}. Please report this.");
    Failure::Refused(ApiError::new(ErrorCode::Internal, message))
}
