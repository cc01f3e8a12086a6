//! The doctor: says what is wrong with a home, and puts right what can be put right.

mod counters;
mod heal;
mod rebuild;
mod tags;

pub use rebuild::{Rebuilt, rebuild};
pub use tags::{BucketTag, ContentTag};

use crate::sweep::verify::Damage;
use crate::{Engine, Result};
use rusqlite::Connection;
use std::path::Path;

/// What the doctor found, or did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// What SQLite says of the database file; empty if it is sound.
    pub database: Vec<String>,
    /// Counters that do not say what is there, in words.
    pub counters: Vec<String>,
    /// Contents that no row knows.
    pub orphans: u64,
    /// Contents that are not what they were.
    pub damaged: Vec<Damage>,
    /// Damaged contents that were made whole again.
    pub healed: u64,
    /// Contents read.
    pub contents: u64,
}

impl Diagnosis {
    /// Whether nothing is wrong.
    pub fn is_well(&self) -> bool {
        self.database.is_empty() && self.counters.is_empty() && self.orphans == 0 && self.damaged.is_empty()
    }
}

impl Engine {
    /// Looks at everything and changes nothing but marks on damaged content.
    ///
    /// # Errors
    /// `database`, if the database cannot even be read.
    pub fn examine_home(&self) -> Result<Diagnosis> {
        let verified = self.verify(&mut |_, _| true)?;
        Ok(Diagnosis {
            database: self.read(integrity)?,
            counters: self.read(counters::wrong)?,
            orphans: self.count_orphans()?,
            damaged: verified.damaged,
            healed: 0,
            contents: verified.contents,
        })
    }

    /// Counts anew, sweeps orphans, and heals damaged content from where the very same content lies whole: another
    /// version of this home, or a backup. Answers what is wrong still.
    ///
    /// # Errors
    /// `database`, `io`, `no_space`.
    pub fn repair_home(&self, backup: Option<&Path>) -> Result<Diagnosis> {
        self.verify(&mut |_, _| true)?;
        let healed = self.heal(backup)?;
        self.write(counters::count_anew)?;
        self.sweep()?;
        Ok(Diagnosis { healed, ..self.examine_home()? })
    }
}

/// What SQLite finds wrong with the file and with references between rows.
fn integrity(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut wrong: Vec<String> =
        statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    wrong.retain(|line| line != "ok");
    let mut references = connection.prepare("SELECT \"table\", rowid FROM pragma_foreign_key_check")?;
    let lines = references.query_map([], |row| {
        Ok(format!("a row of {} names one that is not there", row.get::<_, String>(0)?))
    })?;
    for line in lines {
        wrong.push(line?);
    }
    Ok(wrong)
}
