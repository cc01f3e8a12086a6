/**
 * A host in memory, for tests and for looking at the page in a browser. It answers every command as the engine would,
 * as far as the page can tell, and never reaches people: only builds other than `production` contain it.
 *
 * In a browser the controls stand at `window.fake`.
 */
import type { Commands } from "../bindings/commands";
import type { Host, Status } from "./host";
import { accessHandlers, addUser } from "./fake/access";
import { fakeArchives, type ArchiveControls } from "./fake/archives";
import { webhookHandlers } from "./fake/webhooks";
import { bucketHandlers, writeData, type Handlers } from "./fake/buckets";
import { Intake } from "./fake/ingest";
import { objectHandlers } from "./fake/objects";
import { refuse } from "./fake/rules";
import { sample } from "./fake/sample";
import { Store } from "./fake/store";

/** What a test can do and see beside the page. */
export interface FakeControls extends ArchiveControls {
  store: Store;
  intake: Intake;
  /** Milliseconds that every command takes. */
  latency: number;
  /** The next command of this name is refused with this error. */
  failNext: { name: keyof Commands; code: Parameters<typeof refuse>[0]; message: string } | null;
  /** Texts copied, links opened, files opened, edited and saved, newest last. */
  copied: string[];
  opened: string[];
  unsaved: boolean;
  closed: boolean;
  /** Another writer changes the data of a bucket, named by id or slug. */
  writeData(bucket: string, text: string, by?: string): void;
  /** Files hover, move, leave, or are let go. */
  drag(phase: "enter" | "over" | "drop" | "leave", paths?: string[], x?: number, y?: number): void;
  /** The person closes the window. */
  close(): void;
}

export type FakeHost = Host & { fake: FakeControls };

declare global {
  interface Window {
    fake?: FakeControls;
  }
}

const handlers: Handlers = { ...bucketHandlers, ...objectHandlers, ...accessHandlers, ...webhookHandlers };

/** Makes the stand-in, empty or filled with a sample. */
export function fakeHost({ sample: filled = false, status }: { sample?: boolean; status?: Status } = {}): FakeHost {
  const store = new Store("Pail", "Mara");
  addUser(store, { name: store.me, role: "admin", groups: [] });
  if (filled) sample(store);
  if (status) store.status = status;
  const intake = new Intake(store);
  const fake: FakeControls = {
    ...{ store, intake, picks: [], latency: 0, failNext: null, copied: [], opened: [], unsaved: false, closed: false },
    ...{ archived: [], archiveStops: 0, archiveRefusal: null },
    writeData: (bucket, text, by = "A script") => void writeData(store, store.bucket(bucket), text, by),
    drag(phase, paths = [], x = 600, y = 400) {
      if (phase === "leave") store.signal({ kind: "drag", phase });
      else if (phase === "over") store.signal({ kind: "drag", phase, x, y });
      else store.signal({ kind: "drag", phase, paths, x, y });
    },
    close: () => (fake.unsaved ? store.signal({ kind: "close" }) : void (fake.closed = true)),
  };
  if (typeof window !== "undefined") window.fake = fake;

  const wait = () => new Promise((resolve) => setTimeout(resolve, fake.latency));

  const host: FakeHost = {
    fake,
    local: true,
    async call(name, request) {
      await wait();
      if (fake.failNext?.name === name) {
        const { code, message } = fake.failNext;
        fake.failNext = null;
        refuse(code, message);
      }
      // Both ways as text, as over the wire: nothing is shared with the page.
      const answer = answerOf(store, intake, name, overWire(request));
      return overWire(answer);
    },
    ingest: (request, progress) => intake.ingest(request, progress),
    subscribe(listener) {
      store.listeners.add(listener);
      return () => store.listeners.delete(listener);
    },
    status: async () => store.status,
    pickFiles: async () => fake.picks,
    pickFolders: async () => fake.picks,
    async openObject(bucket, object) {
      fake.opened.push(store.object(bucket, object).info.key);
    },
    async editObject(bucket, object) {
      await host.call("checkout_start", { bucket, object });
      fake.opened.push(store.object(bucket, object).info.key);
    },
    saveAs: async (_bucket, objects) => objects.length,
    async copyText(text) {
      fake.copied.push(text);
    },
    async openLink(url) {
      fake.opened.push(url);
    },
    async setUnsaved(unsaved) {
      fake.unsaved = unsaved;
    },
    async closeWindow() {
      fake.closed = true;
    },
    archives: fakeArchives(store, fake),
  };
  return host;
}

function overWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function answerOf<C extends keyof Commands>(
  store: Store,
  intake: Intake,
  name: C,
  request: Commands[C][0],
): Commands[C][1] {
  const known: Handlers = {
    ...handlers,
    preflight: (_, wanted) => intake.preflight(wanted),
    transfer_list: () => intake.list(),
    transfer_cancel: (_, { transfer, path }) => {
      intake.cancel(transfer, path);
      return {};
    },
  };
  const handler = known[name] ?? refuse("unknown_command", `There is no command ${name}.`);
  return handler(store, request);
}
