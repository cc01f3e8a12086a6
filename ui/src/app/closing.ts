/**
 * What keeps the window from closing without a question: unsaved text, files that are coming in, an archive that is being
 * written. Whoever would lose something holds the window; a holder with a question of its own is asked when it is to close.
 */
import { host } from "./host";

/** Whether the window may close. Asks the person if it must. */
export type MayClose = () => Promise<boolean>;

const holds = new Set<{ mayClose?: MayClose }>();

/** Holds the window until the way that it returns is taken. A page that is left asks by a leave guard instead. */
export function holdWindow(mayClose?: MayClose): () => void {
  const hold = { mayClose };
  holds.add(hold);
  if (holds.size === 1) void host().setUnsaved(true);
  return () => {
    if (holds.delete(hold) && holds.size === 0) void host().setUnsaved(false);
  };
}

/** Asks every holder, one after the other. */
export async function mayClose(): Promise<boolean> {
  for (const hold of [...holds]) if (holds.has(hold) && !((await hold.mayClose?.()) ?? true)) return false;
  return true;
}
