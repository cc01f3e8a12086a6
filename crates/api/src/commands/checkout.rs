//! Commands for working copies.

use crate::wire::*;
use engine::{Caller, Engine, Result};

pub(super) fn checkout_start(engine: &Engine, caller: &Caller, request: ObjectRequest) -> Result<Checkout> {
    Ok(engine.checkout_start(caller, &request.bucket, &request.object.into())?.into())
}

pub(super) fn checkout_finish(engine: &Engine, caller: &Caller, request: ObjectRequest) -> Result<Nothing> {
    engine.checkout_finish(caller, &request.bucket, &request.object.into())?;
    Ok(Nothing {})
}

/// Working copies lie on this machine: nobody else has any.
pub(super) fn checkout_list(engine: &Engine, caller: &Caller, _: Nothing) -> Result<Vec<Checkout>> {
    if caller.need_person().is_err() {
        return Ok(Vec::new());
    }
    Ok(engine.checkout_list()?.into_iter().map(Into::into).collect())
}
