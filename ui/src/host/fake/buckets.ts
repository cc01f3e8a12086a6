/** Workspace, buckets, data and trash in the stand-in. */
import type { Commands } from "../../bindings/commands";
import type { Bucket, BucketOrder, Limits, Purged, Rules } from "../../bindings/wire";
import { freeSlug, slugPreview } from "../../format/slug";
import { checkRules } from "./policy";
import { checkTypes, refuse } from "./rules";
import { LIFETIMES, nextId, type Kept, type Store } from "./store";

/** Handlers by command name. */
export type Handlers = { [C in keyof Commands]?: (store: Store, request: Commands[C][0]) => Commands[C][1] };

const NO_LIMITS: Limits = { fileSizeLimit: null, maxFiles: null, quota: null, allowedMimeTypes: [] };

const NO_RULES: Rules = { read: null, write: null, delete: null };

const orders: Record<BucketOrder, (bucket: Bucket) => number | string> = {
  title: (bucket) => bucket.title.toLowerCase(),
  created: (bucket) => bucket.created,
  modified: (bucket) => bucket.modified,
  size: (bucket) => bucket.byteCount,
};

function cleanTitle(title: string): string {
  const clean = title.trim();
  if (clean === "") refuse("invalid_title", "A bucket needs a title.");
  return clean;
}

export function makeBucket(store: Store, request: Commands["bucket_create"][0]): Bucket {
  const title = cleanTitle(request.title);
  checkTypes(request.limits?.allowedMimeTypes ?? []);
  const slug = freeSlug(
    title,
    [...store.buckets.values()].map((bucket) => bucket.slug),
  );
  const id = nextId("b", 8);
  const at = store.now();
  const limits = request.limits ?? NO_LIMITS;
  store.buckets.set(id, {
    ...{ id, uuid: `00000000-0000-4000-8000-${nextId("", 12)}`, slug, title, icon: request.icon ?? "package" },
    ...{ notes: request.notes ?? "", enabled: true, limits, effective: limits, acceptedFileTypes: "" },
    ...{ fileCount: 0, byteCount: 0, revision: 1, dataRevision: 1, created: at, modified: at },
    ...{ createdBy: store.me, modifiedBy: null, deleted: null, category: request.category ?? "attachments" },
    ...{ policy: request.policy ?? "authenticated", rules: request.rules ?? NO_RULES },
    ...{ permalink: request.permalink ?? "open", tier: request.tier ?? "persistent" },
  });
  store.data.set(id, { text: "{}", revision: 1, modified: at, by: store.me });
  store.event("bucket_created", id, null, title);
  return store.recount(id);
}

/** Gives every file of a bucket the end that its tier means. */
function setEnds(store: Store, bucket: string, lifetime: number | null): void {
  for (const kept of store.objects.values())
    if (kept.info.bucket === bucket)
      kept.info = { ...kept.info, expires: lifetime === null ? null : kept.info.modified + lifetime };
}

/** Writes the document of a bucket, by the person or by anybody else. */
export function writeData(store: Store, bucket: Bucket, text: string, by = store.me) {
  try {
    JSON.parse(text);
  } catch (error) {
    refuse("invalid_json", `This is not JSON: ${(error as Error).message}`);
  }
  const revision = bucket.dataRevision + 1;
  const data = { text, revision, modified: store.now(), by };
  store.data.set(bucket.id, data);
  store.buckets.set(bucket.id, { ...bucket, dataRevision: revision, modified: data.modified });
  store.event("data_changed", bucket.id, null, bucket.title, revision, by);
  return data;
}

function purge(store: Store, kept: Kept[]): Purged {
  for (const { info } of kept) store.objects.delete(info.id);
  return { files: kept.length, bytes: kept.reduce((sum, { info }) => sum + info.size, 0), buckets: 0 };
}

function purgeBucket(store: Store, bucket: Bucket): Purged {
  const gone = purge(
    store,
    [...store.objects.values()].filter(({ info }) => info.bucket === bucket.id),
  );
  store.buckets.delete(bucket.id);
  store.data.delete(bucket.id);
  store.event("bucket_purged", bucket.id, null, bucket.title);
  return { ...gone, buckets: 1 };
}

function newestFirst(a: { deleted: number | null }, b: { deleted: number | null }): number {
  return (b.deleted ?? 0) - (a.deleted ?? 0);
}

/** Deleted buckets, and deleted files of buckets that are not deleted themselves. */
function trashed(store: Store) {
  const buckets = [...store.buckets.values()].filter((bucket) => bucket.deleted !== null).sort(newestFirst);
  const kept = [...store.objects.values()].filter(
    ({ info }) => info.deleted !== null && store.buckets.get(info.bucket)?.deleted === null,
  );
  return { buckets, kept: kept.sort((a, b) => newestFirst(a.info, b.info)) };
}

export const bucketHandlers: Handlers = {
  workspace_show: (store) => store.workspace,
  workspace_update(store, { title, limits, theme, slug, apiDeletion, webhookHosts }) {
    if (title?.trim() === "") refuse("invalid_title", "A workspace needs a title.");
    if (slug !== undefined && slugPreview(slug) !== slug)
      refuse("invalid_slug", `“${slug}” cannot be an address. Use lower-case letters, digits and -.`);
    store.workspace = {
      ...store.workspace,
      ...(title === undefined ? {} : { title: title.trim() }),
      ...(limits === undefined ? {} : { limits }),
      ...(theme === undefined ? {} : { theme }),
      ...(slug === undefined ? {} : { slug }),
      ...(apiDeletion === undefined ? {} : { apiDeletion }),
      ...(webhookHosts === undefined ? {} : { webhookHosts }),
    };
    for (const id of store.buckets.keys()) store.recount(id);
    store.event("workspace_updated", null, null, store.workspace.title);
    return store.workspace;
  },

  bucket_create: makeBucket,
  bucket_list(store, { search = "", order = "created", descending = false }) {
    const wanted = search.toLowerCase();
    const key = orders[order];
    const found = [...store.buckets.values()].filter(
      (bucket) =>
        bucket.deleted === null &&
        [bucket.title, bucket.slug, bucket.id].some((text) => text.toLowerCase().includes(wanted)),
    );
    found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
    return descending ? found.reverse() : found;
  },
  bucket_show: (store, { bucket }) => store.bucket(bucket),
  bucket_update(store, request) {
    const bucket = store.liveBucket(request.bucket);
    checkTypes(request.limits?.allowedMimeTypes ?? []);
    if (request.rules) checkRules(request.rules);
    store.buckets.set(bucket.id, {
      ...bucket,
      ...{ category: request.category ?? bucket.category, policy: request.policy ?? bucket.policy },
      ...{ rules: request.rules ?? bucket.rules, permalink: request.permalink ?? bucket.permalink },
      ...{ tier: request.tier ?? bucket.tier, modifiedBy: store.me },
      title: request.title === undefined ? bucket.title : cleanTitle(request.title),
      icon: request.icon ?? bucket.icon,
      notes: request.notes ?? bucket.notes,
      enabled: request.enabled ?? bucket.enabled,
      limits: request.limits ?? bucket.limits,
      revision: bucket.revision + 1,
      modified: store.now(),
    });
    if (request.tier !== undefined && request.tier !== bucket.tier) setEnds(store, bucket.id, LIFETIMES[request.tier]);
    store.event("bucket_updated", bucket.id, null, bucket.title);
    return store.recount(bucket.id);
  },
  bucket_delete(store, request) {
    const bucket = { ...store.liveBucket(request.bucket), deleted: store.now() };
    store.buckets.set(bucket.id, bucket);
    store.event("bucket_deleted", bucket.id, null, bucket.title);
    return bucket;
  },
  bucket_restore(store, request) {
    const bucket = { ...store.bucket(request.bucket), deleted: null };
    store.buckets.set(bucket.id, bucket);
    store.event("bucket_restored", bucket.id, null, bucket.title);
    return bucket;
  },
  bucket_purge: (store, request) => purgeBucket(store, store.bucket(request.bucket)),
  bucket_empty(store, { bucket: id, files = false, data = false }) {
    const bucket = store.liveBucket(id);
    const kept = files ? store.live(bucket.id) : [];
    for (const one of kept) one.info = { ...one.info, deleted: store.now() };
    if (kept.length > 0) store.event("object_deleted", bucket.id, null, bucket.title, kept.length);
    if (data) writeData(store, bucket, "{}");
    store.recount(bucket.id);
    return { objects: kept.map(({ info }) => info) };
  },

  data_show: (store, { bucket }) => store.data.get(store.bucket(bucket).id)!,
  data_set(store, { bucket: id, text, revision }) {
    const bucket = store.liveBucket(id);
    const present = store.data.get(bucket.id)!;
    if (revision !== undefined && revision !== present.revision)
      refuse("stale_revision", "The data was changed meanwhile.", {
        text: present.text,
        revision: String(present.revision),
        modified: String(present.modified),
        by: present.by,
      });
    return writeData(store, bucket, text);
  },
  data_merge(store, { bucket: id, text }) {
    const bucket = store.liveBucket(id);
    const merged = { ...JSON.parse(store.data.get(bucket.id)!.text), ...JSON.parse(text) };
    return writeData(store, bucket, JSON.stringify(merged, null, 2));
  },

  trash_list(store, { offset = 0, limit = 200 }) {
    const { buckets, kept } = trashed(store);
    const objects = kept
      .slice(offset, offset + limit)
      .map(({ info }) => ({ object: info, bucketTitle: store.bucket(info.bucket).title }));
    const bytes = kept.reduce((sum, { info }) => sum + info.size, 0);
    return { buckets, objects, files: kept.length, bytes };
  },
  trash_empty(store) {
    const { buckets, kept } = trashed(store);
    const gone = purge(store, kept);
    if (gone.files > 0) store.event("object_purged", null, null, "", gone.files);
    for (const bucket of buckets) {
      const { files, bytes } = purgeBucket(store, bucket);
      gone.files += files;
      gone.bytes += bytes;
    }
    return { ...gone, buckets: buckets.length };
  },
};
