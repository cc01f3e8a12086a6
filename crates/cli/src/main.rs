//! The `pail` command line.
fn main() {}
