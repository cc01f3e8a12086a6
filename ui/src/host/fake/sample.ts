/** A workspace full of things, as in a studio: what the stand-in shows when asked for a sample. */
import type { Bucket, Key, Privilege } from "../../bindings/wire";
import { addUser } from "./access";
import { makeBucket, writeData } from "./buckets";
import { joined } from "../../format/names";
import { mediaTypeOf, normalFolder, normalName } from "./rules";
import { nextId, type Store } from "./store";

const KB = 1e3;
const MB = 1e6;
const GB = 1e9;
const DAY = 86_400_000;

type Row = [name: string, size: number, daysAgo: number, by: string, versions?: number, folder?: string];

const deliverables: Row[] = [
  ["A2 poster.pdf", 214 * MB, 0, "Mara", 1, "Print masters"],
  ["A3 poster.pdf", 187 * MB, 0, "Mara", 1, "Print masters"],
  ["Box lid.pdf", 96.4 * MB, 2, "Mara", 2, "Print masters"],
  ["Box wrap.pdf", 142 * MB, 2, "Mara", 1, "Print masters"],
  ["Catalogue.pdf", 402 * MB, 1, "Mara", 3, "Print masters"],
  ["Swing tag.pdf", 78.6 * MB, 3, "Mara", 1, "Print masters"],
  ["Brand guidelines 3.1.pdf", 18.6 * MB, 3, "Mara", 4],
  ["Colour values.json", 4.21 * KB, 3, "Mara", 2],
  ["Halden Grotesk.zip", 3.84 * MB, 12, "Ines"],
  ["Hero film 30 s.mp4", 486 * MB, 0, "Jonas", 3],
  ["Hero film 30 s.srt", 3.1 * KB, 0, "Jonas"],
  ["Jug, sky blue.jpg", 7.94 * MB, 9, "Ines"],
  ["Kettle, signal red.jpg", 9.12 * MB, 9, "Ines"],
  ["Logo sheet.svg", 48.2 * KB, 18, "Mara", 2],
  ["Lookbook autumn 2026.pdf", 64.3 * MB, 1, "Mara", 7],
  ["Mug with lemons.jpg", 8.42 * MB, 0, "Ines Falk", 3],
  ["Packaging dielines.pdf", 2.36 * MB, 22, "Jonas"],
  ["Pail, bottle green.jpg", 8.87 * MB, 9, "Ines"],
  ["Price list Q1 2027.xlsx", 86.4 * KB, 1, "Tomás", 5],
  ["Read me first.md", 2.7 * KB, 18, "Mara"],
  ["Stacking bowls.jpg", 7.31 * MB, 9, "Ines"],
  ["Tableware, overhead.jpg", 11.2 * MB, 9, "Ines"],
  ["Voice-over final.wav", 41.8 * MB, 1, "Jonas"],
];

const others: [title: string, icon: string, files: number, bytes: number, notes: string][] = [
  ["Website assets", "globe", 64, 412 * MB, ""],
  ["Product photos", "camera", 1284, 38.6 * GB, ""],
  ["Press kit", "newspaper", 31, 208 * MB, "For journalists. Check with Tomás before adding."],
  ["Render output", "clapperboard", 2406, 91.3 * GB, "Frames and job parameters of the render farm."],
  ["Nightly builds", "hammer", 30, 5.72 * GB, ""],
  ["Invoices 2026", "receipt-text", 147, 36.9 * MB, ""],
  ["Studio podcast", "mic", 52, 3.18 * GB, ""],
  ["Scratch, one day", "hourglass", 8, 74 * MB, ""],
];

/** Buckets that are not as a new one is. */
const kinds: Record<string, Partial<Pick<Bucket, "policy" | "permalink" | "tier" | "category">>> = {
  "Website assets": { policy: "public", category: "assets" },
  "Press kit": { policy: "public", permalink: "signed" },
  "Invoices 2026": { policy: "private", permalink: "off" },
  "Scratch, one day": { policy: "owner", tier: "1-day" },
};

export const RENDER_DATA = `{
  "job": "nightly-render",
  "project": "halden-autumn-2026",
  "render": {
    "engine": "cycles",
    "frames": [1, 2400],
    "resolution": [3840, 2160],
    "seed": 1836486125467611137,
    "exposure": 1.0,
    "samples": 512,
    "max_light": 1e400,
    "denoise": true
  },
  "output": {
    "pattern": "frames/{scene}/{frame}.exr",
    "keep_days": 14,
    "preview": null,
    "notify": [
      "mara@studionorth.example"
    ]
  },
  "cameras": [
    { "name": "table-wide", "lens": 35, "done": 2400 },
    { "name": "kettle-close", "lens": 85, "done": 1572 },
    { "name": "overhead", "lens": 50, "done": 0 }
  ],
  "last_run": { "ok": true, "minutes": 412 }
}
`;

function fill(store: Store, bucket: string, rows: Row[], now: number): void {
  for (const [name, size, daysAgo, by, versions = 1, folder = ""] of rows) {
    for (let version = versions; version >= 1; version--) {
      store.now = () => now - (daysAgo + (version - 1) * 2) * DAY - name.length * 600_000;
      store.nameFolders(bucket, "", folder);
      store.put(bucket, joined(normalFolder(folder), normalName(name)), name, Math.round(size), mediaTypeOf(name), by);
    }
  }
}

const keys: [name: string, user: string, privileges: Privilege[], made: number, used: number | null][] = [
  ["Render farm", "Jonas", ["edit_buckets"], 48, 0],
  ["Website build", "Ines Falk", [], 20, 3],
  ["Backup script", "Mara", ["admin"], 55, 1],
  ["Old laptop", "Tomás", ["create_buckets", "edit_buckets"], 58, null],
];

/** Users and their keys. */
function people(store: Store, now: number): void {
  store.now = () => now - 59 * DAY;
  addUser(store, { name: "Ines Falk", role: "member", groups: ["team:photo", "client:halden"] });
  addUser(store, { name: "Jonas", role: "member", groups: ["team:film"] });
  addUser(store, { name: "Tomás", role: "admin", groups: ["team:office"] });
  store.keys = keys.map(([name, user, privileges, made, used]): Key => ({
    ...{ id: nextId("k", 12), name, prefix: `pail_${nextId("", 5)}`, user, privileges },
    ...{ expires: name === "Website build" ? now + 10 * DAY : null, rate: name === "Render farm" ? 20 : null },
    ...{ created: now - made * DAY, createdBy: "Mara", used: used === null ? null : now - used * DAY },
    revoked: name === "Old laptop" ? now - 9 * DAY : null,
  }));
}

/** Fills a store. */
export function sample(store: Store): void {
  const now = Date.now();
  store.workspace.title = "Studio North";
  store.now = () => now - 60 * DAY;
  const first = makeBucket(store, {
    title: "Client deliverables",
    icon: "package-check",
    notes: "Signed-off work for Halden. Clients get links from here.",
    limits: { fileSizeLimit: 2 ** 30, maxFiles: null, quota: null, allowedMimeTypes: [] },
  });
  fill(store, first.id, deliverables, now);
  store.recount(first.id);
  for (const [n, [title, icon, files, bytes, notes]] of others.entries()) {
    store.now = () => now - (59 - n) * DAY;
    const { id } = makeBucket(store, { title, icon, notes, ...kinds[title] });
    const rows = Array.from({ length: files }, (_, k): Row => [
      `Item ${String(k + 1).padStart(4, "0")}.jpg`,
      bytes / files,
      // What lives for a day is of today; the oldest goes within the hour.
      kinds[title]?.tier === "1-day" ? 0.1103 * (k + 1) : 1 + (k % 40),
      "Ines",
    ]);
    fill(store, id, rows, now);
    store.recount(id);
    if (title === "Render output") writeData(store, store.bucket(id), RENDER_DATA, "Mara Lind");
  }
  people(store, now);
  store.now = () => Date.now();
  store.disk.add(
    { path: "/home/mara/Desktop/Halden press pack.zip", size: 143 * MB },
    { path: "/home/mara/Desktop/Hero film 90 s master.mov", size: 912 * MB },
    { path: "/home/mara/Desktop/Hero film uncut.mov", size: 1.4 * GB },
    { path: "/home/mara/Desktop/Mug with lemons.jpg", size: 8.61 * MB },
    { path: "/home/mara/Desktop/Résumé (Final).pdf", size: 1.2 * MB },
    { path: "/home/mara/Desktop/R_sum_ [Final].pdf", size: 1.3 * MB },
    {
      path: "/home/mara/Desktop/notes.txt",
      size: 705,
      trouble: {
        code: "source_unreadable",
        reason: "notes.txt may not be read by you.",
        advice: "Change its permissions and add it again.",
      },
    },
  );
  for (let n = 1; n <= 1200; n++) {
    const frame = String(n).padStart(4, "0");
    store.disk.add({ path: `/home/mara/Desktop/Frames/scene 1/frame ${frame}.png`, size: 310_000 + n });
  }
}
