//! Healing: damaged content is written anew from where the very same content lies whole.

use crate::blob::{Address, Blobs, Durability, Local};
use crate::db::table;
use crate::db::table::version::Placed;
use crate::model::{EventKind, id};
use crate::ops::{Teller, backup};
use crate::{Caller, Engine, Error, Result};
use std::path::Path;

impl Engine {
    /// Heals what can be healed; how many.
    pub(super) fn heal(&self, backup: Option<&Path>) -> Result<u64> {
        let copies = backup.map(|path| Local::open(&path.join("files"))).transpose()?;
        let mut healed = 0;
        for damaged in self.read(table::version::placed_damaged)? {
            if self.heal_one(&damaged, copies.as_ref())? {
                healed += 1;
            }
        }
        Ok(healed)
    }

    fn heal_one(&self, damaged: &Placed, copies: Option<&Local>) -> Result<bool> {
        for alike in self.read(|connection| table::version::placed_alike(connection, damaged))? {
            if self.heal_from(self.inner.blobs.as_ref(), &alike.address, damaged)? {
                return Ok(true);
            }
        }
        match copies {
            Some(copies) if backup::is_whole(copies, damaged) => {
                self.heal_from(copies, &damaged.address, damaged)
            }
            _ => Ok(false),
        }
    }

    /// Copies the content to a new place and points the version there. The hash is compared on the way.
    fn heal_from(&self, from: &dyn Blobs, at: &Address, damaged: &Placed) -> Result<bool> {
        let fault = |error| Error::storage(error, "write the file anew");
        let source = Placed { address: at.clone(), ..damaged.clone() };
        let Some(ticket) =
            backup::copy_one(from, self.inner.blobs.as_ref(), &source, Durability::Alone).map_err(fault)?
        else {
            return Ok(false);
        };
        let now = self.now();
        let fresh = Address { content: id::new('c', now), ..damaged.address.clone() };
        let _hold = self.inner.blobs.hold_sweeps()?;
        self.inner.blobs.place(&[(ticket, fresh.clone())]).map_err(fault)?;
        let (row, content) = (damaged.clone(), fresh.content.clone());
        self.write(move |connection| {
            table::version::set_content(connection, &row, &content)?;
            if let Some(object) = table::object::by_seq(connection, row.object)? {
                let by = Caller::window();
                Teller { connection, now, by: by.name() }.object(
                    EventKind::ContentHealed,
                    &object,
                    row.number,
                )?;
            }
            Ok(())
        })?;
        self.remove_contents(std::slice::from_ref(&damaged.address));
        Ok(true)
    }
}
