/** Files in the stand-in: lists, names, folders, trash, links, working copies. */
import type { FolderInfo, ObjectInfo, ObjectListRequest, ObjectRef } from "../../bindings/wire";
import type { Handlers } from "./buckets";
import { joined } from "../../format/names";
import { normalFolder, normalName, refuse } from "./rules";
import type { Kept, Store } from "./store";

function orderOf(sort: ObjectListRequest["sort"]): (info: ObjectInfo) => string | number {
  if (sort === "size") return (info) => info.size;
  if (sort === "date") return (info) => info.modified;
  if (sort === "type") return (info) => `${info.mediaType} ${info.key}`;
  return (info) => info.originalName.toLowerCase();
}

const wildcards: Record<string, string> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };

function matches(info: ObjectInfo, { text, glob }: ObjectListRequest): boolean {
  const wanted = text?.toLowerCase() ?? "";
  if (wanted !== "" && !`${info.key}\n${info.originalName.toLowerCase()}`.includes(wanted)) return false;
  if (!glob) return true;
  const source = glob
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => wildcards[part] ?? part.replace(/\W/g, "\\$&"))
    .join("");
  return new RegExp(`^${source}$`, "i").test(info.key);
}

/** The folders directly in a folder. Names of folders are kept as the first file brought them. */
function foldersIn(store: Store, bucket: string, folder: string): FolderInfo[] {
  const found = new Map<string, FolderInfo>();
  for (const { info } of store.live(bucket)) {
    const inside =
      folder === "" ? info.folder : info.folder.startsWith(`${folder}/`) ? info.folder.slice(folder.length + 1) : "";
    const name = inside.split("/")[0];
    if (!name) continue;
    const path = joined(folder, name);
    const one = found.get(path) ?? {
      path,
      originalName: store.folderNames.get(`${bucket}/${path}`) ?? name,
      fileCount: 0,
      byteCount: 0,
      modified: 0,
    };
    one.fileCount += 1;
    one.byteCount += info.size;
    one.modified = Math.max(one.modified, info.modified);
    found.set(path, one);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function selected(store: Store, bucket: string, objects: ObjectRef[] = [], folders: string[] = []): Kept[] {
  const named = objects.map((ref) => store.object(bucket, ref));
  const within = [...store.objects.values()].filter(
    ({ info }) =>
      info.bucket === bucket &&
      info.deleted === null &&
      folders.some((folder) => info.folder === folder || info.folder.startsWith(`${folder}/`)),
  );
  return [...new Set([...named, ...within])];
}

function checkMetadata(metadata: string): void {
  const say = (reason: string) =>
    refuse("invalid_metadata", `${reason}. Send a JSON object such as {"team": "eng"}, of at most 8 KB.`);
  const { length } = new TextEncoder().encode(metadata);
  if (length > 8192) say(`This metadata has ${length} bytes`);
  try {
    JSON.parse(metadata);
  } catch {
    say("This metadata cannot be read");
  }
  if (!metadata.trimStart().startsWith("{")) say("This metadata is not a JSON object");
}

export const objectHandlers: Handlers = {
  object_list(store, request) {
    const bucket = store.bucket(request.bucket);
    const { folder, offset = 0, after, limit = 100, descending } = request;
    const key = orderOf(request.sort);
    const found = store
      .live(bucket.id)
      .map(({ info }) => info)
      .filter((info) => (folder === undefined || info.folder === folder) && matches(info, request));
    found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.key < b.key ? -1 : 1));
    if (descending) found.reverse();
    const from = after === undefined ? offset : Number(after);
    const next = from + limit < found.length ? String(from + limit) : null;
    return {
      folders: folder !== undefined && from === 0 ? foldersIn(store, bucket.id, folder) : [],
      objects: found.slice(from, from + limit),
      next,
      total: found.length,
      bytes: found.reduce((sum, info) => sum + info.size, 0),
    };
  },
  object_show(store, { bucket, object }) {
    const kept = store.object(store.bucket(bucket).id, object);
    return { object: kept.info, versions: kept.versions };
  },
  object_rename(store, { bucket: id, object, name }) {
    const bucket = store.liveBucket(id);
    const kept = store.object(bucket.id, object);
    const key = joined(kept.info.folder, normalName(name));
    const other = store.at(bucket.id, key);
    if (other && other !== kept)
      refuse("name_taken", `There is already a file ${other.info.originalName} here. Choose another name.`);
    kept.info = { ...kept.info, key, name: key.split("/").at(-1)!, originalName: name.trim() };
    store.event("object_renamed", bucket.id, kept.info.id, key);
    return kept.info;
  },
  object_move(store, { bucket: id, objects, folder }) {
    const bucket = store.liveBucket(id);
    const target = normalFolder(folder);
    const kept = objects.map((ref) => store.object(bucket.id, ref));
    for (const one of kept) {
      const key = joined(target, one.info.name);
      if (store.live(bucket.id).some((other) => other !== one && other.info.key === key))
        refuse("name_taken", `There is already a file ${one.info.originalName} in that folder.`);
    }
    if (target !== "" && folder !== target) store.folderNames.set(`${bucket.id}/${target}`, folder);
    for (const one of kept) one.info = { ...one.info, folder: target, key: joined(target, one.info.name) };
    store.event("object_moved", bucket.id, kept[0]?.info.id ?? null, target, kept.length);
    return { objects: kept.map(({ info }) => info) };
  },
  object_delete(store, { bucket: id, objects, folders }) {
    const bucket = store.liveBucket(id);
    const kept = selected(store, bucket.id, objects, folders);
    for (const one of kept) one.info = { ...one.info, deleted: store.now() };
    store.recount(bucket.id);
    store.event("object_deleted", bucket.id, kept[0]?.info.id ?? null, kept[0]?.info.key ?? "", kept.length);
    return { objects: kept.map(({ info }) => info) };
  },
  object_restore(store, { bucket: id, objects }) {
    const bucket = store.liveBucket(id);
    const kept = objects.map((ref) => store.object(bucket.id, ref));
    for (const one of kept) {
      if (store.at(bucket.id, one.info.key))
        refuse("name_taken", `A newer file has the place of ${one.info.originalName}. Rename that one first.`);
      one.info = { ...one.info, deleted: null };
    }
    store.recount(bucket.id);
    store.event("object_restored", bucket.id, kept[0]?.info.id ?? null, kept[0]?.info.key ?? "", kept.length);
    return { objects: kept.map(({ info }) => info) };
  },
  object_purge(store, { bucket: id, objects }) {
    const kept = objects.map((ref) => store.object(store.bucket(id).id, ref));
    for (const { info } of kept) store.objects.delete(info.id);
    store.event("object_purged", id, kept[0]?.info.id ?? null, kept[0]?.info.key ?? "", kept.length);
    return { files: kept.length, bytes: kept.reduce((sum, { info }) => sum + info.size, 0), buckets: 0 };
  },
  object_revert(store, { bucket: id, object, version }) {
    const bucket = store.liveBucket(id);
    const kept = store.object(bucket.id, object);
    const old = kept.versions.find(({ number }) => number === version);
    if (!old) return refuse("version_not_found", `Version ${version} is no longer kept.`);
    store.put(bucket.id, kept.info.key, old.originalName, old.size, old.mediaType);
    store.recount(bucket.id);
    return kept.info;
  },
  object_update(store, { bucket: id, object, metadata, visibility }) {
    const bucket = store.liveBucket(id);
    const kept = store.object(bucket.id, object);
    if (metadata !== undefined) checkMetadata(metadata);
    kept.info = {
      ...kept.info,
      metadata: metadata ?? kept.info.metadata,
      visibility: visibility === undefined ? kept.info.visibility : visibility === "inherited" ? null : visibility,
    };
    store.event("object_updated", bucket.id, kept.info.id, kept.info.key);
    return kept.info;
  },
  link_show(store, { bucket, object }) {
    const { path } = store.object(store.bucket(bucket).id, object).info;
    return { path, url: `http://127.0.0.1:7245/${path}`, served: store.status.server !== null };
  },

  checkout_start(store, { bucket, object }) {
    const kept = store.object(bucket, object);
    const checkout = { bucket, object: kept.info.id, path: `/tmp/pail/${kept.info.name}`, started: store.now() };
    kept.info = { ...kept.info, editing: true };
    store.checkouts.push(checkout);
    store.event("checkout_started", bucket, kept.info.id, kept.info.key);
    return checkout;
  },
  checkout_finish(store, { bucket, object }) {
    const kept = store.object(bucket, object);
    kept.info = { ...kept.info, editing: false };
    store.checkouts = store.checkouts.filter((checkout) => checkout.object !== kept.info.id);
    store.event("checkout_ended", bucket, kept.info.id, kept.info.key);
    return {};
  },
  checkout_list: (store) => store.checkouts,
  event_list: (store, { after = 0, bucket, limit = 100 }) =>
    store.events.filter((event) => event.id > after && (!bucket || event.bucket === bucket)).slice(0, limit),
};
