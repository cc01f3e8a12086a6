//! A process that writes into a bucket which others write into too: `concurrency-home HOME BUCKET NAME THREADS MERGES`.
//!
//! Each thread merges so many keys of its own into the bucket's data, and puts a file of its own after every tenth.

use engine::{Caller, Engine, Result};
use std::process::ExitCode;

/// Merges from one file to the next.
const PER_FILE: usize = 10;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [home, bucket, name, threads, merges] = arguments.as_slice() else {
        eprintln!("HOME BUCKET NAME THREADS MERGES");
        return ExitCode::FAILURE;
    };
    let (Ok(threads), Ok(merges)) = (threads.parse::<usize>(), merges.parse::<usize>()) else {
        eprintln!("the threads and the merges are numbers");
        return ExitCode::FAILURE;
    };
    let done = Engine::open(home.as_ref()).and_then(|engine| {
        std::thread::scope(|scope| {
            let (engine, bucket) = (&engine, bucket.as_str());
            let threads: Vec<_> = (0..threads)
                .map(|thread| {
                    let prefix = format!("{name}-{thread}");
                    scope.spawn(move || write(engine, bucket, &prefix, merges))
                })
                .collect();
            threads.into_iter().try_for_each(|thread| thread.join().expect("no write panics"))
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(engine: &Engine, bucket: &str, prefix: &str, merges: usize) -> Result<()> {
    let me = Caller::cli();
    for n in 0..merges {
        engine.data_merge(&me, bucket, &format!("{{\"{prefix}-{n}\": {n}}}"))?;
        if n % PER_FILE == 0 {
            let content = format!("{prefix} {n}");
            engine.object_put(&me, bucket, &format!("{prefix}/{n}.txt"), &mut content.as_bytes(), None)?;
        }
    }
    Ok(())
}
