//! Data commands.

use crate::wire::*;
use engine::{Caller, Engine, Result};

pub(super) fn data_show(engine: &Engine, caller: &Caller, request: BucketRequest) -> Result<Data> {
    Ok(engine.data_show(caller, &request.bucket)?.into())
}

pub(super) fn data_set(engine: &Engine, caller: &Caller, request: DataSetRequest) -> Result<Data> {
    Ok(engine.data_set(caller, &request.bucket, &request.text, request.revision)?.into())
}

pub(super) fn data_merge(engine: &Engine, caller: &Caller, request: DataMergeRequest) -> Result<Data> {
    Ok(engine.data_merge(caller, &request.bucket, &request.text)?.into())
}
