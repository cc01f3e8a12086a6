//! The care of a home on the wire: bit rot, backups, the doctor.

use super::{answer, words};

words! {
    /// What is wrong with a content.
    Problem { Missing, Unreadable, Size, Hash }
}

answer! {
    /// A content that is not what it was.
    Damage {
        bucket: String,
        object: String,
        key: String,
        version: u64,
        /// Whether that version is what the file shows.
        current: bool,
        problem: Problem,
        /// Keys, with version, that hold the very same content whole.
        healers: Vec<String>,
        /// Other versions of the file that are whole.
        others: Vec<u64>,
    }
    /// What a look through all contents found.
    Verified { contents: u64, bytes: u64, damaged: Vec<Damage> }
    /// What a backup or its way back came to.
    Copied {
        /// Contents in it now.
        contents: u64,
        /// Contents that had to be copied, and their bytes.
        copied: u64,
        bytes: u64,
        /// Contents removed from it.
        removed: u64,
        /// Contents that could not be copied whole.
        damaged: Vec<String>,
    }
    /// What the doctor found.
    Diagnosis {
        well: bool,
        /// What SQLite says of the file.
        database: Vec<String>,
        /// Counters that are wrong, in words.
        counters: Vec<String>,
        orphans: u64,
        damaged: Vec<Damage>,
        /// Damaged contents made whole again.
        healed: u64,
        contents: u64,
    }
    /// What came back from the files alone.
    Rebuilt {
        buckets: u64,
        objects: u64,
        versions: u64,
        /// Versions with nothing beside them, which have a new link.
        untagged: u64,
        /// Where the former database lies now.
        former: Option<String>,
    }
}
