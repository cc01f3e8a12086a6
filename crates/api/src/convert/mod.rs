//! From the engine's types to the wire's and back, and nothing more.

mod access;
mod care;
mod webhook;

use crate::error::ErrorCode;
use crate::wire as w;
use engine::model as m;
use engine::{Engine, Result, transfer as t};

/// Converts between enums of the same words, in both directions or one.
macro_rules! same_words {
    ($($from:ty => $to:ty { $($word:ident),* $(,)? })*) => {$(
        impl From<$from> for $to {
            fn from(value: $from) -> Self {
                match value { $(<$from>::$word => <$to>::$word),* }
            }
        }
    )*};
}

pub(crate) use access::group_in;
use same_words;

same_words! {
    w::BucketOrder => m::BucketOrder { Title, Created, Modified, Size }
    w::ObjectSort => m::ObjectSort { Name, Size, Type, Date }
    w::Theme => m::Theme { System, Light, Dark }
    m::Theme => w::Theme { System, Light, Dark }
    w::Decision => t::Decision { Replace, KeepBoth, Skip }
    t::VerdictKind => w::VerdictKind { Ready, Replaces, Meets, Refused }
    t::State => w::TransferState { Looking, Copying, Finishing, Done, Cancelled, Failed }
    m::EventKind => w::EventKind {
        BucketCreated, BucketUpdated, BucketDeleted, BucketRestored, BucketPurged,
        ObjectCreated, ObjectReplaced, ObjectRenamed, ObjectMoved, ObjectDeleted, ObjectRestored, ObjectPurged,
        ObjectReverted, CheckoutStarted, CheckoutEnded, CheckoutRefused, ContentDamaged, ContentHealed, DataChanged, WorkspaceUpdated,
        ObjectUpdated, ObjectExpired, UserChanged, KeyCreated, KeyRevoked, LinkSigned, LinkRevoked,
        WebhookChanged,
    }
}

impl From<m::Limits> for w::Limits {
    fn from(limits: m::Limits) -> Self {
        Self {
            file_size_limit: limits.file_size_limit,
            max_files: limits.max_files,
            quota: limits.quota,
            allowed_mime_types: limits.allowed_mime_types,
        }
    }
}

impl From<w::Limits> for m::Limits {
    fn from(limits: w::Limits) -> Self {
        Self {
            file_size_limit: limits.file_size_limit,
            max_files: limits.max_files,
            quota: limits.quota,
            allowed_mime_types: limits.allowed_mime_types,
        }
    }
}

impl From<m::UploadSettings> for w::UploadSettings {
    fn from(settings: m::UploadSettings) -> Self {
        Self {
            max_files_per_bucket: settings.max_files_per_bucket,
            max_file_size: settings.max_file_size,
            accepted_file_types: settings.accepted_file_types,
        }
    }
}

impl From<w::UploadSettings> for m::UploadSettings {
    fn from(settings: w::UploadSettings) -> Self {
        Self {
            max_files_per_bucket: settings.max_files_per_bucket,
            max_file_size: settings.max_file_size,
            accepted_file_types: settings.accepted_file_types,
        }
    }
}

pub(crate) fn bucket_out(engine: &Engine, bucket: m::Bucket) -> Result<w::Bucket> {
    Ok(bucket_with(&engine.workspace()?.limits, bucket))
}

pub(crate) fn buckets_out(engine: &Engine, buckets: Vec<m::Bucket>) -> Result<Vec<w::Bucket>> {
    let settings = engine.workspace()?.limits;
    Ok(buckets.into_iter().map(|bucket| bucket_with(&settings, bucket)).collect())
}

fn bucket_with(settings: &m::UploadSettings, bucket: m::Bucket) -> w::Bucket {
    w::Bucket {
        effective: engine::rules::limits::effective(&bucket.limits, settings).into(),
        accepted_file_types: settings.accepted_file_types.clone(),
        id: bucket.id,
        uuid: bucket.uuid,
        slug: bucket.slug,
        title: bucket.title,
        icon: bucket.icon,
        notes: bucket.notes,
        enabled: bucket.enabled,
        limits: bucket.limits.into(),
        category: bucket.category.into(),
        policy: bucket.policy.into(),
        rules: bucket.rules.into(),
        permalink: bucket.permalink.into(),
        tier: bucket.tier.into(),
        file_count: bucket.file_count,
        byte_count: bucket.byte_count,
        revision: bucket.revision,
        data_revision: bucket.data_revision,
        created: bucket.created,
        modified: bucket.modified,
        created_by: bucket.created_by,
        modified_by: bucket.modified_by,
        deleted: bucket.deleted,
    }
}

pub(crate) fn workspace_out(engine: &Engine, workspace: m::Workspace) -> w::Workspace {
    w::Workspace {
        id: workspace.id,
        slug: workspace.slug,
        title: workspace.title,
        home: engine.home().to_string_lossy().into_owned(),
        owner: workspace.owner,
        limits: workspace.limits.into(),
        theme: workspace.theme.into(),
        api_deletion: workspace.api_deletion,
        webhook_hosts: workspace.webhook_hosts,
        free_bytes: engine.free_bytes().unwrap_or(0),
        server: workspace.server,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

impl From<m::Object> for w::ObjectInfo {
    fn from(object: m::Object) -> Self {
        Self {
            key: object.key(),
            path: object.path(),
            id: object.id,
            bucket: object.bucket,
            folder: object.folder,
            name: object.name,
            original_name: object.original_name,
            size: object.size,
            media_type: object.media_type,
            hash: object.hash,
            version: object.version,
            versions: object.versions,
            created: object.created,
            modified: object.modified,
            by: object.by,
            uploader: object.uploader,
            visibility: object.visibility.map(Into::into),
            metadata: object.metadata,
            expires: object.expires,
            deleted: object.deleted,
            editing: object.editing,
        }
    }
}

impl From<Vec<m::Object>> for w::ObjectsChanged {
    fn from(objects: Vec<m::Object>) -> Self {
        Self { objects: objects.into_iter().map(Into::into).collect() }
    }
}

impl From<m::Version> for w::VersionInfo {
    fn from(version: m::Version) -> Self {
        Self {
            number: version.number,
            size: version.size,
            media_type: version.media_type,
            hash: version.hash,
            original_name: version.original_name,
            created: version.created,
            by: version.by,
            current: version.current,
        }
    }
}

impl From<m::Folder> for w::FolderInfo {
    fn from(folder: m::Folder) -> Self {
        Self {
            path: folder.path,
            original_name: folder.original_name,
            file_count: folder.file_count,
            byte_count: folder.byte_count,
            modified: folder.modified,
        }
    }
}

impl From<w::ObjectRef> for m::ObjectRef {
    fn from(reference: w::ObjectRef) -> Self {
        match reference {
            w::ObjectRef::Id(id) => Self::Id(id),
            w::ObjectRef::Key(key) => Self::Key(key),
        }
    }
}

impl From<w::ObjectListRequest> for engine::ListRequest {
    fn from(request: w::ObjectListRequest) -> Self {
        Self {
            folder: request.folder,
            glob: request.glob,
            text: request.text,
            sort: request.sort.map(Into::into).unwrap_or_default(),
            descending: request.descending,
            after: request.after,
            offset: request.offset.unwrap_or(0),
            limit: request.limit.unwrap_or(100),
        }
    }
}

impl From<engine::Page> for w::ObjectPage {
    fn from(page: engine::Page) -> Self {
        Self {
            folders: page.folders.into_iter().map(Into::into).collect(),
            objects: page.objects.into_iter().map(Into::into).collect(),
            next: page.next,
            total: page.total,
            bytes: page.bytes,
        }
    }
}

impl From<engine::Purged> for w::Purged {
    fn from(purged: engine::Purged) -> Self {
        Self { files: purged.files, bytes: purged.bytes, buckets: purged.buckets }
    }
}

impl From<engine::Checkout> for w::Checkout {
    fn from(checkout: engine::Checkout) -> Self {
        Self {
            bucket: checkout.bucket,
            object: checkout.object,
            path: checkout.path,
            started: checkout.started,
        }
    }
}

impl From<m::Data> for w::Data {
    fn from(data: m::Data) -> Self {
        Self { text: data.text, revision: data.revision, modified: data.modified, by: data.by }
    }
}

impl From<m::Event> for w::Event {
    fn from(event: m::Event) -> Self {
        Self {
            id: event.id,
            at: event.at,
            kind: event.kind.into(),
            bucket: event.bucket,
            object: event.object,
            detail: event.detail,
            number: event.number,
            by: event.by,
        }
    }
}

impl From<t::Snapshot> for w::Transfer {
    fn from(transfer: t::Snapshot) -> Self {
        Self {
            id: transfer.id,
            bucket: transfer.bucket,
            state: transfer.state.into(),
            name: transfer.name,
            files_done: transfer.files_done,
            files_total: transfer.files_total,
            bytes_done: transfer.bytes_done,
            bytes_total: transfer.bytes_total,
            rate: transfer.rate,
            active: transfer
                .active
                .into_iter()
                .map(|file| w::TransferFile {
                    path: file.path.to_string_lossy().into_owned(),
                    name: file.name,
                    bytes_done: file.bytes_done,
                    bytes_total: file.bytes_total,
                })
                .collect(),
            failed: transfer.failed,
        }
    }
}

/// Code, reason and advice of a refusal; a fault that names no advice says all in its message.
fn reasons(error: &engine::Error) -> (ErrorCode, String, String) {
    let reason = error.detail("reason").unwrap_or(error.message());
    (error.code().into(), reason.to_owned(), error.detail("advice").unwrap_or_default().to_owned())
}

impl From<t::Failure> for w::Failure {
    fn from(failure: t::Failure) -> Self {
        let (code, reason, advice) = reasons(&failure.error);
        Self {
            path: failure.path.to_string_lossy().into_owned(),
            into: failure.into,
            name: failure.name,
            code,
            reason,
            advice,
            size: failure.size,
        }
    }
}

impl From<t::Ingested> for w::Ingested {
    fn from(ended: t::Ingested) -> Self {
        Self {
            transfer: ended.transfer.into(),
            objects: ended.objects.into_iter().map(Into::into).collect(),
            added: ended.added,
            replaced: ended.replaced,
            skipped: ended.skipped,
            failures: ended.failures.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<t::Verdict> for w::Verdict {
    fn from(verdict: t::Verdict) -> Self {
        let refused = verdict.refused.as_ref().map(reasons);
        let (code, reason, advice) = match refused {
            Some((code, reason, advice)) => (Some(code), Some(reason), Some(advice)),
            None => (None, None, None),
        };
        Self {
            path: verdict.path.to_string_lossy().into_owned(),
            into: verdict.into,
            original_name: verdict.original_name,
            key: verdict.key,
            size: verdict.size,
            media_type: verdict.media_type,
            kind: verdict.kind.into(),
            version: verdict.version,
            meets: verdict.meets,
            code,
            reason,
            advice,
        }
    }
}

impl From<t::Preflight> for w::Preflight {
    fn from(flight: t::Preflight) -> Self {
        let entry = |entry: t::Entry| w::PreflightEntry {
            path: entry.path.to_string_lossy().into_owned(),
            name: entry.name,
            verdict: entry.verdict.map(Into::into),
            key: entry.key,
            files: entry.files,
            folders: entry.folders,
            bytes: entry.bytes,
            ready: entry.ready,
            choose: entry.choose,
            refused: entry.refused,
        };
        Self {
            entries: flight.entries.into_iter().map(entry).collect(),
            choose: flight.choose.into_iter().map(Into::into).collect(),
            refused: flight.refused.into_iter().map(Into::into).collect(),
            ready_files: flight.ready_files,
            ready_bytes: flight.ready_bytes,
            choose_files: flight.choose_files,
            refused_files: flight.refused_files,
        }
    }
}
