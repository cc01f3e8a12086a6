//! `wrk`, which asks a server again and again on sixteen connections and counts the answers.

use crate::Result;
use crate::program::{command, run};
use std::path::Path;

/// Requests a second, for so long, each as the script says if there is one. One that is not answered well is an error.
pub fn rate(url: &str, length: &str, script: Option<&Path>) -> Result<f64> {
    let mut wrk = command("wrk", ["-t1", "-c16", "-d", length]);
    if let Some(script) = script {
        wrk.arg("-s").arg(script);
    }
    let said = run(wrk.arg(url))?;
    let after = |label: &str| said.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    if let Some(wrong) = after("Non-2xx or 3xx responses:").or(after("Socket errors:")) {
        return Err(format!("{url} was not always answered: {wrong}").into());
    }
    Ok(after("Requests/sec:").ok_or("wrk does not say how many requests it made.")?.parse()?)
}
