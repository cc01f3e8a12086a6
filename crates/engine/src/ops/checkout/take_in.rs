//! Taking a save of a working copy in as a new version.

use crate::blob::Durability;
use crate::db::table::{self, checkout::Checkout};
use crate::model::{EventKind, Object, ObjectRef};
use crate::ops::Teller;
use crate::ops::object::{Arrival, Facts, OnMeeting, Source, unreadable};
use crate::{Caller, Code, Engine, Error, Result};
use std::fs::File;
use std::path::Path;

impl Engine {
    /// Takes in what the working copy holds now, if that differs from the current content; whether it did. A working
    /// copy that is not there is in the middle of a save by rename, or was thrown away by the person: nothing to do.
    pub(super) fn take_in(&self, checkout: &Checkout) -> Result<bool> {
        let path = Path::new(&checkout.path);
        if !path.is_file() {
            return Ok(false);
        }
        let caller = Caller::window().named(&checkout.by);
        let object = self.object_show(&caller, &checkout.bucket, &ObjectRef::Id(checkout.object.clone()))?;
        if hash(path)? == object.hash {
            return Ok(false);
        }
        let (bucket, checks) = self.checks(&caller, &checkout.bucket)?;
        let mut file = File::open(path).map_err(unreadable)?;
        let before = file.metadata().map_err(unreadable)?;
        let source = Source {
            reader: &mut file,
            name: &object.original_name,
            size: Some(before.len()),
            progress: &mut |_| Ok(()),
        };
        let copied = self.copy_in(source, &checks, Durability::Alone)?;
        let after = file.metadata().map_err(unreadable)?;
        if after.modified().ok() != before.modified().ok() || copied.size != before.len() {
            return Err(Error::refusal(
                Code::SourceChanged,
                "It changed while it was read",
                "It is read again at once.",
            ));
        }
        self.commit(&caller, &bucket, vec![arrival(&object, copied)])?
            .pop()
            .expect("one arrival has one answer")?;
        Ok(true)
    }

    /// Tells that a save was refused, and why. The working copy stays as the person saved it.
    pub(super) fn tell_refused(&self, checkout: &Checkout, error: &Error) -> Result<()> {
        let (now, checkout, message) = (self.now(), checkout.clone(), error.message().to_owned());
        self.write(move |connection| {
            let known = table::object::by_seq(connection, checkout.object_seq)?;
            let name = known.map_or_else(String::new, |object| format!("“{}”: ", object.original_name));
            Teller { connection, now, by: &checkout.by }.tell(
                EventKind::CheckoutRefused,
                Some(&checkout.bucket),
                Some(&checkout.object),
                &format!("{name}{message}"),
                1,
            )
        })
    }
}

fn arrival(object: &Object, copied: crate::ops::object::Copied) -> Arrival {
    Arrival {
        facts: Facts::default(),
        copied,
        folder: object.folder.clone(),
        original_folder: object.folder.clone(),
        name: object.name.clone(),
        original_name: object.original_name.clone(),
        on_meeting: OnMeeting::Replace,
        object: Some(object.seq),
    }
}

fn hash(path: &Path) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path).map_err(unreadable)?).map_err(unreadable)?;
    Ok(hasher.finalize().to_hex().to_string())
}
