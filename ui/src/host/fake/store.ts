/** What the stand-in keeps: a workspace in memory, with the events its changes give. */
import type {
  Bucket,
  Checkout,
  Data,
  Delivery,
  Event,
  EventKind,
  Key,
  ObjectInfo,
  ObjectRef,
  SignedLink,
  Tier,
  User,
  VersionInfo,
  Webhook,
  Workspace,
} from "../../bindings/wire";
import type { Signal, Status } from "../host";
import { Disk } from "./disk";
import { joined } from "../../format/names";
import { effective, normalFolder, refuse } from "./rules";

export interface Kept {
  info: ObjectInfo;
  versions: VersionInfo[];
}

/** How long a file lives, in milliseconds. */
export const LIFETIMES: Record<Tier, number | null> = {
  "1-hour": 3_600_000,
  "1-day": 86_400_000,
  "30-days": 30 * 86_400_000,
  persistent: null,
};

let letters = 1;
/** Ids and tokens that differ, and are the same in every run. */
export function nextId(prefix: string, length: number): string {
  let seed = letters++ * 2654435761;
  let id = prefix;
  while (id.length < length) {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    id += (seed >>> 8).toString(36).slice(-3);
  }
  return id.slice(0, length);
}

export class Store {
  workspace: Workspace;
  buckets = new Map<string, Bucket>();
  data = new Map<string, Data>();
  objects = new Map<string, Kept>();
  checkouts: Checkout[] = [];
  /** The owner first. */
  users: User[] = [];
  keys: Key[] = [];
  /** Signed links with the file of each, the newest first. */
  signed: { object: string; link: SignedLink }[] = [];
  /** Webhooks, and what each was told, the newest first. */
  webhooks: Webhook[] = [];
  deliveries: Delivery[] = [];
  /** What folders are called, by bucket and normalised path. */
  folderNames = new Map<string, string>();
  events: Event[] = [];
  disk = new Disk();
  status: Status;
  /** Who the person is. */
  me: string;
  now: () => number = () => Date.now();
  listeners = new Set<(signal: Signal) => void>();
  #fresh: Event[] = [];

  constructor(title: string, me: string) {
    this.me = me;
    this.status = { server: "http://127.0.0.1:7245", notice: null };
    this.workspace = {
      id: "w1",
      slug: "pail",
      title,
      home: "/home/mara/.local/share/pail",
      owner: me,
      limits: { maxFilesPerBucket: null, maxFileSize: null, acceptedFileTypes: "" },
      theme: "system",
      apiDeletion: true,
      webhookHosts: [],
      freeBytes: 214_000_000_000,
      server: this.status.server,
      version: "0.1.0",
    };
  }

  /** Tells the page at once, as the host does for drags. */
  signal(signal: Signal): void {
    for (const listener of this.listeners) listener(signal);
  }

  /** Writes an event; those of one turn go out together. */
  event(kind: EventKind, bucket: string | null, object: string | null, detail: string, number = 1, by = this.me): void {
    const event = { id: this.events.length + 1, at: this.now(), kind, bucket, object, detail, number, by };
    this.events.push(event);
    if (this.#fresh.push(event) > 1) return;
    setTimeout(() => {
      const events = this.#fresh;
      this.#fresh = [];
      this.signal({ kind: "changes", events });
    });
  }

  bucket(idOrSlug: string): Bucket {
    const found = this.buckets.get(idOrSlug) ?? [...this.buckets.values()].find((bucket) => bucket.slug === idOrSlug);
    return found ?? refuse("bucket_not_found", `There is no bucket ${idOrSlug}.`);
  }

  liveBucket(idOrSlug: string): Bucket {
    const bucket = this.bucket(idOrSlug);
    if (bucket.deleted !== null) refuse("in_trash", `${bucket.title} is in the trash. Restore it first.`);
    return bucket;
  }

  object(bucket: string, ref: ObjectRef): Kept {
    const found = "id" in ref ? this.objects.get(ref.id) : this.at(bucket, ref.key);
    if (found === undefined || found.info.bucket !== bucket)
      return refuse("object_not_found", "There is no such file.");
    return found;
  }

  /** The live files of a bucket; one whose end has come is none of them. */
  live(bucket: string): Kept[] {
    const now = this.now();
    return [...this.objects.values()].filter(
      ({ info }) => info.bucket === bucket && info.deleted === null && (info.expires === null || info.expires > now),
    );
  }

  /** The live file with this key. */
  at(bucket: string, key: string): Kept | undefined {
    for (const kept of this.objects.values())
      if (kept.info.key === key && kept.info.bucket === bucket && kept.info.deleted === null) return kept;
    return undefined;
  }

  /** Counts a bucket's files again and works out the limits that hold. */
  recount(id: string): Bucket {
    const bucket = this.buckets.get(id)!;
    const live = this.live(id);
    const next = {
      ...bucket,
      fileCount: live.length,
      byteCount: live.reduce((sum, kept) => sum + kept.info.size, 0),
      effective: effective(bucket.limits, this.workspace.limits.maxFileSize, this.workspace.limits.maxFilesPerBucket),
      acceptedFileTypes: this.workspace.limits.acceptedFileTypes,
    };
    this.buckets.set(id, next);
    return next;
  }

  /** Remembers what the folders of a file are called. */
  nameFolders(bucket: string, folder: string, into: string): void {
    let path = folder;
    for (const name of into.split("/").filter(Boolean)) {
      path = joined(path, normalFolder(name));
      if (!this.folderNames.has(`${bucket}/${path}`)) this.folderNames.set(`${bucket}/${path}`, name);
    }
  }

  /** Puts content under a key: a new object, or a new version of the one that is there. */
  put(bucket: string, key: string, originalName: string, size: number, mediaType: string, by = this.me): Kept {
    const at = this.now();
    const name = key.split("/").at(-1)!;
    const folder = key.split("/").slice(0, -1).join("/");
    const hash = nextId("", 64).replace(/[^0-9a-f]/g, "7");
    const present = this.at(bucket, key);
    const number = (present?.info.version ?? 0) + 1;
    const lifetime = LIFETIMES[this.buckets.get(bucket)!.tier];
    const expires = lifetime === null ? null : at + lifetime;
    const version = { number, size, mediaType, hash, originalName, created: at, by, current: true };
    if (present) {
      present.versions = [version, ...present.versions.map((old) => ({ ...old, current: false }))];
      const versions = present.versions.length;
      present.info = {
        ...present.info,
        originalName,
        size,
        mediaType,
        hash,
        version: number,
        versions,
        modified: at,
        by,
        expires,
      };
      this.event("object_replaced", bucket, present.info.id, key);
      return present;
    }
    const id = nextId("o", 12);
    const path = joined("files/bucket", bucket, nextId("", 22), name);
    const info = {
      ...{ id, bucket, key, folder, name, originalName, size, mediaType, hash, version: 1, versions: 1 },
      ...{ created: at, modified: at, by, uploader: by, path, deleted: null, editing: false },
      ...{ visibility: null, metadata: "{}", expires },
    };
    const kept: Kept = { info, versions: [version] };
    this.objects.set(id, kept);
    this.event("object_created", bucket, id, key);
    return kept;
  }
}
