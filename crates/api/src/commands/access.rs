//! Commands of access: users, keys, signed links, who can.

use crate::convert::group_in;
use crate::wire::*;
use engine::{Caller, Engine, NewKey, Result, SignRequest, UserChanges};

pub(super) fn user_list(engine: &Engine, caller: &Caller, _: Nothing) -> Result<Vec<User>> {
    Ok(engine.user_list(caller)?.into_iter().map(Into::into).collect())
}

pub(super) fn user_create(engine: &Engine, caller: &Caller, request: UserCreateRequest) -> Result<User> {
    let groups = request.groups.iter().map(|group| group_in(group)).collect();
    Ok(engine.user_create(caller, &request.name, request.role.into(), groups)?.into())
}

pub(super) fn user_update(engine: &Engine, caller: &Caller, request: UserUpdateRequest) -> Result<User> {
    let changes = UserChanges {
        role: request.role.map(Into::into),
        groups: request.groups.map(|groups| groups.iter().map(|group| group_in(group)).collect()),
    };
    Ok(engine.user_update(caller, &request.user, changes)?.into())
}

pub(super) fn user_remove(engine: &Engine, caller: &Caller, request: UserRequest) -> Result<User> {
    Ok(engine.user_remove(caller, &request.user)?.into())
}

pub(super) fn key_list(engine: &Engine, caller: &Caller, _: Nothing) -> Result<Vec<Key>> {
    Ok(engine.key_list(caller)?.into_iter().map(Into::into).collect())
}

pub(super) fn key_create(engine: &Engine, caller: &Caller, request: KeyCreateRequest) -> Result<KeyMade> {
    let new = NewKey {
        name: request.name,
        user: request.user,
        privileges: request.privileges.into_iter().map(Into::into).collect(),
        expires: request.expires,
        rate: request.rate,
    };
    let (key, secret) = engine.key_create(caller, new)?;
    Ok(KeyMade { key: key.into(), secret })
}

pub(super) fn key_revoke(engine: &Engine, caller: &Caller, request: KeyRequest) -> Result<Key> {
    Ok(engine.key_revoke(caller, &request.key)?.into())
}

pub(super) fn access_explain(
    engine: &Engine,
    caller: &Caller,
    request: AccessExplainRequest,
) -> Result<Vec<Explained>> {
    let object = request.object.map(Into::into);
    let explained = engine.access_explain(caller, &request.bucket, object.as_ref(), &request.who.into())?;
    Ok(explained.into_iter().map(Into::into).collect())
}

pub(super) fn object_update(
    engine: &Engine,
    caller: &Caller,
    request: ObjectUpdateRequest,
) -> Result<ObjectInfo> {
    let changes =
        engine::ObjectChanges { metadata: request.metadata, visibility: request.visibility.map(Into::into) };
    Ok(engine.object_update(caller, &request.bucket, &request.object.into(), changes)?.into())
}

pub(super) fn link_sign(engine: &Engine, caller: &Caller, request: LinkSignRequest) -> Result<SignedLink> {
    let sign = SignRequest { seconds: request.seconds, download: request.download };
    Ok(engine.link_sign(caller, &request.bucket, &request.object.into(), sign)?.into())
}

pub(super) fn link_list(engine: &Engine, caller: &Caller, request: ObjectRequest) -> Result<Vec<SignedLink>> {
    let links = engine.link_list(caller, &request.bucket, &request.object.into())?;
    Ok(links.into_iter().map(Into::into).collect())
}

pub(super) fn link_revoke(engine: &Engine, caller: &Caller, request: LinkRevokeRequest) -> Result<Nothing> {
    engine.link_revoke(caller, &request.link)?;
    Ok(Nothing {})
}

pub(super) fn link_rotate(engine: &Engine, caller: &Caller, request: LinkRotateRequest) -> Result<Nothing> {
    engine.link_rotate(caller, request.revoke)?;
    Ok(Nothing {})
}
