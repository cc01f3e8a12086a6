//! Trash commands.

use crate::convert::buckets_out;
use crate::wire::*;
use engine::{Caller, Engine, Result};

/// Objects of a page that names no limit.
const PAGE: u32 = 200;

pub(super) fn trash_list(engine: &Engine, caller: &Caller, request: TrashListRequest) -> Result<Trash> {
    let trash = engine.trash_list(caller, request.offset.unwrap_or(0), request.limit.unwrap_or(PAGE))?;
    let objects = trash.objects.into_iter();
    Ok(Trash {
        buckets: buckets_out(engine, trash.buckets)?,
        objects: objects
            .map(|(object, bucket_title)| TrashedObject { object: object.into(), bucket_title })
            .collect(),
        files: trash.files,
        bytes: trash.bytes,
    })
}

pub(super) fn trash_empty(engine: &Engine, caller: &Caller, _: Nothing) -> Result<Purged> {
    Ok(engine.trash_empty(caller)?.into())
}
