//! The program that a power cut hits, and the one that looks at what is left of its home.
//!
//! `powercut-home work KIND HOME SEED ACTS` works on a home in two threads. After each act it prints what is so since,
//! as a line of JSON, and waits for a line before it goes on: whoever reads knows what was acknowledged when.
//! `powercut-home look HOME` opens a home and prints what it says, and what is wrong with it.

mod faulty;
mod known;
mod look;
mod mixed;
mod neighbour;
mod odd;
#[path = "../random.rs"]
mod random;
mod tell;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["work", kind, home, seed, acts] => match (seed.parse(), acts.parse()) {
            (Ok(seed), Ok(acts)) => work(kind, Path::new(home), seed, acts),
            _ => Err("the seed and the acts are numbers".into()),
        },
        ["look", home] => look::look(Path::new(home)),
        _ => Err("work KIND HOME SEED ACTS, or look HOME".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What goes wrong here ends the program, with its words.
type Done<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn work(kind: &str, home: &Path, seed: u64, acts: usize) -> Done {
    match kind {
        "mixed" => mixed::work(home, seed, acts),
        "disturbed" => neighbour::beside(home.to_owned(), seed, || mixed::work(home, seed, acts)),
        "puts" => faulty::puts(home, seed, acts),
        "disturbed puts" => faulty::disturbed_puts(home, seed, acts),
        "batches" => faulty::batches(home, seed, acts),
        "late" => faulty::late(home, seed, acts),
        "early" => faulty::early(home, acts),
        _ => Err(format!("there is no work {kind}").into()),
    }
}
