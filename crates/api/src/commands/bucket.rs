//! Bucket commands.

use crate::convert::{bucket_out, buckets_out};
use crate::wire::*;
use engine::{Access, BucketChanges, Caller, Engine, NewBucket, Result};

pub(super) fn bucket_create(
    engine: &Engine,
    caller: &Caller,
    request: BucketCreateRequest,
) -> Result<Bucket> {
    let limits = request.limits.map(Into::into).unwrap_or_default();
    let new = NewBucket {
        title: request.title,
        icon: request.icon,
        notes: request.notes,
        limits,
        category: request.category.map(Into::into),
        access: Access {
            policy: request.policy.map(Into::into),
            rules: request.rules.map(Into::into),
            permalink: request.permalink.map(Into::into),
            tier: request.tier.map(Into::into),
        },
        ..NewBucket::default()
    };
    bucket_out(engine, engine.bucket_create(caller, new)?)
}

pub(super) fn bucket_list(
    engine: &Engine,
    caller: &Caller,
    request: BucketListRequest,
) -> Result<Vec<Bucket>> {
    let order = request.order.map(Into::into).unwrap_or_default();
    buckets_out(
        engine,
        engine.bucket_list(caller, request.search.as_deref().unwrap_or(""), order, request.descending)?,
    )
}

pub(super) fn bucket_show(engine: &Engine, caller: &Caller, request: BucketRequest) -> Result<Bucket> {
    bucket_out(engine, engine.bucket_show(caller, &request.bucket)?)
}

pub(super) fn bucket_update(
    engine: &Engine,
    caller: &Caller,
    request: BucketUpdateRequest,
) -> Result<Bucket> {
    let changes = BucketChanges {
        title: request.title,
        icon: request.icon,
        notes: request.notes,
        enabled: request.enabled,
        limits: request.limits.map(Into::into),
        category: request.category.map(Into::into),
        access: Access {
            policy: request.policy.map(Into::into),
            rules: request.rules.map(Into::into),
            permalink: request.permalink.map(Into::into),
            tier: request.tier.map(Into::into),
        },
        data: None,
    };
    bucket_out(engine, engine.bucket_update(caller, &request.bucket, changes)?)
}

pub(super) fn bucket_delete(engine: &Engine, caller: &Caller, request: BucketRequest) -> Result<Bucket> {
    bucket_out(engine, engine.bucket_delete(caller, &request.bucket)?)
}

pub(super) fn bucket_restore(engine: &Engine, caller: &Caller, request: BucketRequest) -> Result<Bucket> {
    bucket_out(engine, engine.bucket_restore(caller, &request.bucket)?)
}

pub(super) fn bucket_purge(engine: &Engine, caller: &Caller, request: BucketRequest) -> Result<Purged> {
    Ok(engine.bucket_purge(caller, &request.bucket)?.into())
}

pub(super) fn bucket_empty(
    engine: &Engine,
    caller: &Caller,
    request: BucketEmptyRequest,
) -> Result<ObjectsChanged> {
    Ok(engine.bucket_empty(caller, &request.bucket, request.files, request.data)?.into())
}
