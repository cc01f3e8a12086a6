//! What the command line asks for.

use crate::rows::{ROWS, Row};
use std::ffi::OsString;
use std::path::PathBuf;

/// What to run, and how.
pub struct Arguments {
    /// Smaller sizes and fewer rounds, for trying out.
    pub quick: bool,
    /// Where to work, if not beside the program.
    pub dir: Option<PathBuf>,
    /// The rows, in the order of the table.
    pub rows: Vec<&'static Row>,
}

impl Arguments {
    /// Reads them; what is wrong with them is the error. No row named means all.
    pub fn read(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut read = Self { quick: false, dir: None, rows: Vec::new() };
        let mut named = Vec::new();
        while let Some(argument) = arguments.next() {
            match argument.to_string_lossy().as_ref() {
                "--quick" => read.quick = true,
                "--dir" => read.dir = Some(arguments.next().ok_or("--dir needs a directory.")?.into()),
                name if ROWS.iter().any(|row| row.name == name) => named.push(name.to_owned()),
                other => return Err(format!("There is no row and no option “{other}”.")),
            }
        }
        read.rows =
            ROWS.iter().filter(|row| named.is_empty() || named.iter().any(|n| n == row.name)).collect();
        Ok(read)
    }
}

/// How the program is called.
pub fn usage() -> String {
    let mut usage = "pail-bench [--quick] [--dir DIR] [ROW…]\n\nRows:".to_owned();
    for row in &ROWS {
        usage.push_str(&format!("\n  {:<10} {}", row.name, row.about));
    }
    usage
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Arguments, String> {
        Arguments::read(arguments.iter().map(OsString::from))
    }

    #[test]
    fn no_row_named_means_all_and_named_ones_come_in_the_order_of_the_table() {
        assert_eq!(read(&[]).unwrap().rows.len(), ROWS.len());
        let some = read(&["merge", "--quick", "put"]).unwrap();
        assert!(some.quick);
        assert_eq!(some.rows.iter().map(|row| row.name).collect::<Vec<_>>(), ["put", "merge"]);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for wrong in [&["nothing"][..], &["--fast"], &["--dir"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
