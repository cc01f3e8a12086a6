/** The notices about what came in: after an ingest, with the way to take it back, and after a save that was refused. */
import type { Event, Ingested, ObjectInfo, ObjectRef } from "../../bindings/wire";
import { call } from "../../app/host";
import { notify } from "../../app/notices.svelte";
import { words } from "../../i18n";
import { reversal, type Outcome, type Reversal } from "./outcome";

/** Says what came in. A list of what did not come in is shown elsewhere, and stays. */
export function tellArrival(outcome: Outcome, ingested: Ingested, started: number, stopped: boolean): void {
  if (outcome.arrived === 0 && !stopped) return;
  const back = reversal(ingested, started);
  const undoable = back !== null && back.remove.length + back.revert.length > 0;
  const redoable = undoable && back.revert.length === 0;
  notify({
    text:
      stopped || outcome.cancelled
        ? words.transfers.cancelled(outcome.arrived, ingested.transfer.filesTotal)
        : arrival(ingested),
    ...(undoable ? { undo: () => takeBack(outcome.bucket, back) } : {}),
    ...(redoable ? { redo: () => call("object_restore", { bucket: outcome.bucket, objects: refs(back.remove) }) } : {}),
  });
}

/** A save of a working copy that was not taken in is told at once, as the other program thinks that all is well. */
export function tellRefusedSaves(events: readonly Event[]): void {
  for (const event of events) {
    if (event.kind === "checkout_refused")
      notify({ tone: "error", title: words.transfers.saveRefused, text: event.detail });
  }
}

function arrival({ added, replaced, objects }: Ingested): string {
  const say = words.transfers;
  const only = added + replaced === 1 ? objects[0] : undefined;
  if (only) return replaced === 1 ? say.replacedOne(only.originalName, only.version) : say.addedOne(only.originalName);
  if (replaced === 0) return say.added(added);
  return added === 0 ? say.replaced(replaced) : say.addedAndReplaced(added, replaced);
}

async function takeBack(bucket: string, back: Reversal): Promise<void> {
  if (back.remove.length > 0) await call("object_delete", { bucket, objects: refs(back.remove) });
  for (const object of back.revert) await revert(bucket, object);
}

/** Makes the content before this one current again, unless the file has moved on since. */
async function revert(bucket: string, object: ObjectInfo): Promise<void> {
  const detail = await call("object_show", { bucket, object: { id: object.id } });
  if (detail.object.version !== object.version) return;
  const former = detail.versions.map((version) => version.number).filter((number) => number < object.version);
  if (former.length > 0)
    await call("object_revert", { bucket, object: { id: object.id }, version: Math.max(...former) });
}

function refs(objects: readonly ObjectInfo[]): ObjectRef[] {
  return objects.map(({ id }) => ({ id }));
}
