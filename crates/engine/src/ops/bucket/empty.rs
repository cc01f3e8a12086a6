//! Emptying a bucket (A6).

use crate::db::table;
use crate::db::table::folder::Counts;
use crate::model::{Act, Data, EventKind, Object};
use crate::ops::access::{self, What};
use crate::ops::{Teller, object, open_bucket};
use crate::rules::cel::Budget;
use crate::{Caller, Engine, Result};

impl Engine {
    /// Puts all files of a bucket into the trash, or resets its data to `{}`, or both, in one commit. Answers the
    /// objects that went.
    ///
    /// # Errors
    /// `bucket_not_found`, `in_trash`, `bucket_disabled`, `sign_in_needed`, `forbidden` if one of the files may not be deleted.
    pub fn bucket_empty(
        &self,
        caller: &Caller,
        bucket: &str,
        files: bool,
        data: bool,
    ) -> Result<Vec<Object>> {
        let (now, caller, reference) = (self.now(), caller.clone(), bucket.to_owned());
        self.write(move |connection| {
            let bucket = open_bucket(connection, &caller, &reference)?;
            let teller = Teller { connection, now, by: caller.name() };
            let (mut gone, budget) = (Vec::new(), Budget::default());
            if files {
                let mut counts = Counts::default();
                for seq in table::object::below(connection, bucket.seq, "")? {
                    object::may_delete(&teller, &caller, &bucket, seq, &budget)?;
                    gone.extend(object::trash_one(&teller, &mut counts, seq)?);
                }
                counts.apply(connection, bucket.seq, now)?;
            }
            if data {
                access::may(connection, &caller, &bucket, Act::Write, What::Data)?;
                let revision = bucket.data_revision + 1;
                let empty =
                    Data { text: "{}".to_owned(), revision, modified: now, by: caller.name().to_owned() };
                table::data::put(connection, bucket.seq, &empty)?;
                teller.bucket(EventKind::DataChanged, &bucket, revision)?;
            }
            Ok(gone)
        })
    }
}
