//! How a command ends without success, and how that is told.

use crate::output;
use api::{ApiError, ErrorCode};
use std::io;
use std::process::ExitCode;

/// Why a command did not end well.
#[derive(Debug)]
pub enum Failure {
    /// The engine refused, or could not.
    Refused(ApiError),
    /// What was to be printed could not be.
    Output(io::Error),
    /// All has been told already.
    Told,
}

impl Failure {
    /// A refusal that the command line itself has to give.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Refused(ApiError::new(code, message))
    }

    /// Tells it on standard error; the exit code to end with.
    pub fn tell(self, json: bool) -> ExitCode {
        match self {
            Self::Told => {}
            Self::Refused(error) => output::tell(&error, json),
            // Whoever reads has seen enough, as in `pail file list … | head`.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Self::Output(error) => {
                let message = format!("The answer could not be written: {error}. Write it elsewhere.");
                output::tell(&ApiError::new(ErrorCode::Io, message), json);
            }
        }
        ExitCode::FAILURE
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
