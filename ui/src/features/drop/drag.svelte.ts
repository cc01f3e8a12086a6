/** A drag of files over the window: where it is, which bucket it means, and what the engine says of it there. */
import type { Preflight } from "../../bindings/wire";
import type { DropSignal } from "../../host/host";
import { call, sentence } from "../../app/host";
import { dropTarget, type Intake } from "../../app/intake.svelte";
import { session } from "../../app/session.svelte";

/** What the engine says of the drag over one target: not yet, what it would do, or why it cannot tell. */
export type Look = { state: "looking" } | { state: "seen"; preflight: Preflight } | { state: "trouble"; text: string };

interface Target {
  bucket: string;
  folder: string;
}

/** What to do with a drop. */
export type OnDrop = (paths: string[], target: Target, look: Promise<Preflight> | null) => void;

class Drag {
  /** The files that hover, or null. */
  paths = $state.raw<readonly string[] | null>(null);
  target = $state.raw<Target | null>(null);
  look = $state.raw<Look>({ state: "looking" });

  /** By target: a look is dear with thousands of files, and the pointer comes back to where it was. */
  #looks = new Map<string, Promise<Preflight>>();

  take(signal: DropSignal, onDrop: OnDrop): void {
    switch (signal.phase) {
      case "enter":
        this.#looks.clear();
        this.paths = signal.paths;
        return this.#aim(signal.x, signal.y);
      case "over":
        return this.paths ? this.#aim(signal.x, signal.y) : undefined;
      case "drop": {
        this.paths ??= signal.paths;
        this.#aim(signal.x, signal.y);
        const { target } = this;
        const look = target ? (this.#looks.get(keyOf(target)) ?? null) : null;
        this.end();
        // Without any bucket the screen of the first start takes the drop.
        if (target && signal.paths.length > 0) onDrop(signal.paths, target, look);
        return;
      }
      case "leave":
        return this.end();
    }
  }

  end(): void {
    this.paths = null;
    this.target = null;
    dropTarget.bucket = null;
    this.#looks.clear();
  }

  /** The bucket row under the pointer is meant, else the open bucket and the folder shown of it. */
  #aim(x: number, y: number): void {
    const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-bucket]")?.dataset["bucket"];
    const bucket = row ?? session.bucket?.id ?? null;
    const shown = bucket === session.bucket?.id ? document.querySelector<HTMLElement>("[data-place]") : null;
    const folder = shown?.dataset["place"] ?? "";
    dropTarget.bucket = bucket;
    if (bucket === this.target?.bucket && folder === this.target.folder) return;
    this.target = bucket === null ? null : { bucket, folder };
    if (this.target && this.paths) void this.#see(this.target, [...this.paths]);
  }

  async #see(target: Target, paths: string[]): Promise<void> {
    const key = keyOf(target);
    const seeing = this.#looks.get(key) ?? lookAt({ ...target, paths });
    this.#looks.set(key, seeing);
    this.look = { state: "looking" };
    const look = await seeing.then(
      (preflight): Look => ({ state: "seen", preflight }),
      (error: unknown): Look => ({ state: "trouble", text: sentence(error) }),
    );
    if (this.target && keyOf(this.target) === key) this.look = look;
  }
}

export const drag = new Drag();

/** Has the engine look at paths before anything is copied. */
export function lookAt({ bucket, folder, paths }: Intake): Promise<Preflight> {
  return call("preflight", { bucket, paths, ...(folder === "" ? {} : { folder }) });
}

function keyOf({ bucket, folder }: Target): string {
  return `${bucket}/${folder}`;
}
