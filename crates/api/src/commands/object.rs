//! Object commands.

use crate::wire::*;
use engine::{Caller, Engine, Result};

pub(super) fn object_list(
    engine: &Engine,
    caller: &Caller,
    request: ObjectListRequest,
) -> Result<ObjectPage> {
    let bucket = request.bucket.clone();
    Ok(engine.object_list(caller, &bucket, &request.into())?.into())
}

pub(super) fn object_show(engine: &Engine, caller: &Caller, request: ObjectRequest) -> Result<ObjectDetail> {
    let which = request.object.into();
    let object = engine.object_show(caller, &request.bucket, &which)?;
    let versions = engine.object_versions(caller, &request.bucket, &which)?;
    Ok(ObjectDetail { object: object.into(), versions: versions.into_iter().map(Into::into).collect() })
}

pub(super) fn object_rename(
    engine: &Engine,
    caller: &Caller,
    request: ObjectRenameRequest,
) -> Result<ObjectInfo> {
    Ok(engine.object_rename(caller, &request.bucket, &request.object.into(), &request.name)?.into())
}

pub(super) fn object_move(
    engine: &Engine,
    caller: &Caller,
    request: ObjectMoveRequest,
) -> Result<ObjectsChanged> {
    Ok(engine.object_move(caller, &request.bucket, &refs(request.objects), &request.folder)?.into())
}

pub(super) fn object_delete(
    engine: &Engine,
    caller: &Caller,
    request: ObjectSelection,
) -> Result<ObjectsChanged> {
    Ok(engine.object_delete(caller, &request.bucket, &refs(request.objects), &request.folders)?.into())
}

pub(super) fn object_restore(
    engine: &Engine,
    caller: &Caller,
    request: ObjectsRequest,
) -> Result<ObjectsChanged> {
    Ok(engine.object_restore(caller, &request.bucket, &refs(request.objects))?.into())
}

pub(super) fn object_purge(engine: &Engine, caller: &Caller, request: ObjectsRequest) -> Result<Purged> {
    Ok(engine.object_purge(caller, &request.bucket, &refs(request.objects))?.into())
}

pub(super) fn object_revert(
    engine: &Engine,
    caller: &Caller,
    request: ObjectRevertRequest,
) -> Result<ObjectInfo> {
    Ok(engine.object_revert(caller, &request.bucket, &request.object.into(), request.version)?.into())
}

pub(super) fn link_show(engine: &Engine, caller: &Caller, request: ObjectRequest) -> Result<Link> {
    let (object, url, served) = engine.link_show(caller, &request.bucket, &request.object.into())?;
    Ok(Link { path: object.path(), url, served })
}

fn refs(objects: Vec<ObjectRef>) -> Vec<engine::model::ObjectRef> {
    objects.into_iter().map(Into::into).collect()
}
