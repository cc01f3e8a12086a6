//! `pail-bench [--quick] [--dir DIR] [ROW…]`: Pail against its peers, on this machine, in one run.
//!
//! Each row lets Pail and its peers do the same work in turn, so that what else the machine does meets all of them,
//! drops the first round and compares medians. It prints one table, with the load before and after.

mod arguments;
mod asker;
mod bench;
mod bulk;
mod cpu;
mod files;
mod home;
mod line;
mod machine;
mod plot;
mod program;
mod rounds;
mod rows;
mod server;
mod table;
mod wrk;

use arguments::Arguments;
use bench::Bench;
use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

/// What a step of a bench answers. Any trouble ends its row, with words.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(wrong) => {
            eprintln!("{wrong}\n\n{}", arguments::usage());
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the rows and prints what they found; whether all of them ran. A goal that is missed is a finding, no trouble.
fn run(arguments: &Arguments) -> Result<bool> {
    let bench = Bench::new(arguments)?;
    let before = machine::load();
    let (mut lines, mut extras, mut troubles) = (Vec::new(), Vec::new(), Vec::new());
    for row in &arguments.rows {
        eprintln!("{}: {}", row.name, row.about);
        match (row.run)(&bench) {
            Ok(found) => {
                lines.extend(found.lines);
                extras.extend(found.extra);
            }
            Err(error) => troubles.push(format!("{} could not be measured: {error}", row.name)),
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", machine::describe(bench.disk())?)?;
    writeln!(out, "Load before {before}, after {}. {}", machine::load(), bench.describe())?;
    writeln!(out, "\n{}", table::table(&lines))?;
    for text in extras.iter().chain(&troubles) {
        writeln!(out, "{text}")?;
    }
    Ok(troubles.is_empty())
}
