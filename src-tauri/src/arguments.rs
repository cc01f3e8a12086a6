//! What the window is started with.

use clap::Parser;
use std::path::PathBuf;

/// Opens the Pail window.
#[derive(Debug, Parser)]
#[command(name = "pail-desktop", version)]
pub struct Arguments {
    /// The home directory; left out: PAIL_HOME, else the platform's data directory
    #[arg(long, value_name = "DIR")]
    pub home: Option<PathBuf>,
}

impl Arguments {
    /// Reads them from the command line; a wrong usage ends the program here with 2.
    pub fn read() -> Self {
        Self::parse()
    }
}
