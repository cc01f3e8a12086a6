//! The end that a tier sets (C5): objects whose time has come cannot be seen any more, and this purges them.

use super::{purge, signed};
use crate::blob::Address;
use crate::db::table;
use crate::db::table::folder::Counts;
use crate::model::EventKind;
use crate::ops::Teller;
use crate::ops::trash::Purged;
use crate::{Engine, Result};
use std::collections::BTreeMap;

/// Objects of one commit.
const BATCH: u32 = 1000;
/// Who ends them.
const NOBODY: &str = "Pail";

impl Engine {
    /// Purges every object whose end has come, in the trash or not. The commits forget them; then the bytes go.
    /// [`Engine::keep_house`] does it by itself, as ends come.
    ///
    /// # Errors
    /// `database`. What is left is purged by the next call.
    pub fn expire(&self) -> Result<Purged> {
        let mut all = Purged::default();
        loop {
            let now = self.now();
            let (contents, purged): (Vec<Address>, Purged) = self.write(move |connection| {
                let teller = Teller { connection, now, by: NOBODY };
                let (mut contents, mut purged) = (Vec::new(), Purged::default());
                let mut counts: BTreeMap<i64, Counts> = BTreeMap::new();
                for object in table::object::ended(connection, BATCH)? {
                    if object.deleted.is_none() {
                        let counts = counts.entry(object.bucket_seq).or_default();
                        counts.add(&object.folder, -1, -signed(object.size));
                    }
                    purged.add(purge::gather(connection, &object, &mut contents)?);
                    table::object::purge(connection, object.seq)?;
                    teller.object(EventKind::ObjectExpired, &object, 1)?;
                }
                for (bucket, counts) in counts {
                    counts.apply(connection, bucket, now)?;
                }
                Ok((contents, purged))
            })?;
            if purged.files == 0 {
                return Ok(all);
            }
            self.remove_contents(&contents);
            all.add(purged);
        }
    }

    /// When the next object's end comes, in Unix milliseconds.
    pub(crate) fn next_end(&self) -> Result<Option<i64>> {
        self.read(table::object::next_end)
    }
}
