//! Commands about drops and transfers.

use crate::wire::*;
use engine::{Caller, Engine, Result};
use std::path::{Path, PathBuf};

pub(super) fn preflight(engine: &Engine, caller: &Caller, request: PreflightRequest) -> Result<Preflight> {
    let paths: Vec<PathBuf> = request.paths.into_iter().map(PathBuf::from).collect();
    Ok(engine.preflight(caller, &request.bucket, request.folder.as_deref().unwrap_or(""), &paths)?.into())
}

/// Transfers copy from and to this machine: nobody else has any.
pub(super) fn transfer_list(engine: &Engine, caller: &Caller, _: Nothing) -> Result<Vec<Transfer>> {
    if caller.need_person().is_err() {
        return Ok(Vec::new());
    }
    Ok(engine.transfers().into_iter().map(Into::into).collect())
}

pub(super) fn transfer_cancel(
    engine: &Engine,
    caller: &Caller,
    request: TransferCancelRequest,
) -> Result<Nothing> {
    caller.need_person()?;
    engine.transfer_cancel(&request.transfer, request.path.as_deref().map(Path::new))?;
    Ok(Nothing {})
}
