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

pub(super) fn checkout_list(engine: &Engine, _: &Caller, _: Nothing) -> Result<Vec<Checkout>> {
    Ok(engine.checkout_list()?.into_iter().map(Into::into).collect())
}
