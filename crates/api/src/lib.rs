//! The command surface: names, requests and answers, once, for every face that speaks commands.

mod archive;
pub mod commands;
mod convert;
pub mod error;
mod native;
pub mod wire;

pub use archive::{export, import};
pub use commands::{Access, COMMANDS, Commands, dispatch};
pub use error::{ApiError, ErrorCode};
pub use native::{ingest, save_copy, subscribe, view_copy, watch_checkouts};

/// Calls `$callback!` with the whole command list: `access name(Request) -> Answer`.
///
/// [`ingest`], [`export`] and [`import`] are not among them: they report progress while they run, so each face starts them
/// in its own way.
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            read  workspace_show(Nothing) -> Workspace,
            write workspace_update(WorkspaceUpdateRequest) -> Workspace,

            write bucket_create(BucketCreateRequest) -> Bucket,
            read  bucket_list(BucketListRequest) -> Vec<Bucket>,
            read  bucket_show(BucketRequest) -> Bucket,
            write bucket_update(BucketUpdateRequest) -> Bucket,
            write bucket_delete(BucketRequest) -> Bucket,
            write bucket_restore(BucketRequest) -> Bucket,
            write bucket_purge(BucketRequest) -> Purged,
            write bucket_empty(BucketEmptyRequest) -> ObjectsChanged,

            read  object_list(ObjectListRequest) -> ObjectPage,
            read  object_show(ObjectRequest) -> ObjectDetail,
            write object_rename(ObjectRenameRequest) -> ObjectInfo,
            write object_move(ObjectMoveRequest) -> ObjectsChanged,
            write object_delete(ObjectSelection) -> ObjectsChanged,
            write object_restore(ObjectsRequest) -> ObjectsChanged,
            write object_purge(ObjectsRequest) -> Purged,
            write object_revert(ObjectRevertRequest) -> ObjectInfo,
            read  link_show(ObjectRequest) -> Link,

            write object_update(ObjectUpdateRequest) -> ObjectInfo,
            write link_sign(LinkSignRequest) -> SignedLink,
            read  link_list(ObjectRequest) -> Vec<SignedLink>,
            write link_revoke(LinkRevokeRequest) -> Nothing,
            write link_rotate(LinkRotateRequest) -> Nothing,

            read  user_list(Nothing) -> Vec<User>,
            write user_create(UserCreateRequest) -> User,
            write user_update(UserUpdateRequest) -> User,
            write user_remove(UserRequest) -> User,
            read  key_list(Nothing) -> Vec<Key>,
            write key_create(KeyCreateRequest) -> KeyMade,
            write key_revoke(KeyRequest) -> Key,
            read  access_explain(AccessExplainRequest) -> Vec<Explained>,

            read  preflight(PreflightRequest) -> Preflight,
            read  transfer_list(Nothing) -> Vec<Transfer>,
            write transfer_cancel(TransferCancelRequest) -> Nothing,

            write checkout_start(ObjectRequest) -> Checkout,
            write checkout_finish(ObjectRequest) -> Nothing,
            read  checkout_list(Nothing) -> Vec<Checkout>,

            read  data_show(BucketRequest) -> Data,
            write data_set(DataSetRequest) -> Data,
            write data_merge(DataMergeRequest) -> Data,

            read  trash_list(TrashListRequest) -> Trash,
            write trash_empty(Nothing) -> Purged,

            read  event_list(EventListRequest) -> Vec<Event>,

            read  webhook_list(BucketRequest) -> Vec<Webhook>,
            write webhook_create(WebhookCreateRequest) -> WebhookMade,
            write webhook_update(WebhookUpdateRequest) -> Webhook,
            write webhook_delete(WebhookRequest) -> Nothing,
            read  delivery_list(DeliveryListRequest) -> Vec<Delivery>,
            write delivery_resend(DeliveryRequest) -> Delivery,
        }
    };
}
