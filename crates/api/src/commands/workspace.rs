//! Workspace commands, and the outbox.

use crate::convert::workspace_out;
use crate::wire::*;
use engine::{Caller, Engine, Result, WorkspaceChanges};

/// Events of a page that names no limit.
const PAGE: u32 = 100;

pub(super) fn workspace_show(engine: &Engine, caller: &Caller, _: Nothing) -> Result<Workspace> {
    let mut workspace = workspace_out(engine, engine.workspace()?);
    // Where it lies on this machine is nobody else's business.
    if caller.need_person().is_err() {
        workspace.home.clear();
    }
    Ok(workspace)
}

pub(super) fn workspace_update(
    engine: &Engine,
    caller: &Caller,
    request: WorkspaceUpdateRequest,
) -> Result<Workspace> {
    let changes = WorkspaceChanges {
        title: request.title,
        limits: request.limits.map(Into::into),
        theme: request.theme.map(Into::into),
        slug: request.slug,
        api_deletion: request.api_deletion,
        webhook_hosts: request.webhook_hosts,
    };
    Ok(workspace_out(engine, engine.workspace_update(caller, changes)?))
}

pub(super) fn event_list(engine: &Engine, caller: &Caller, request: EventListRequest) -> Result<Vec<Event>> {
    let bucket = request.bucket.map(|bucket| engine.bucket_show(caller, &bucket)).transpose()?;
    if bucket.is_none() {
        caller.need_admin()?;
    }
    let events = engine.events(
        request.after.unwrap_or(0),
        bucket.as_ref().map(|bucket| bucket.id.as_str()),
        request.limit.unwrap_or(PAGE),
    )?;
    Ok(events.into_iter().map(Into::into).collect())
}
