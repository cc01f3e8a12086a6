/** The users and keys of the workspace, as the engine has them now. */
import type { Event, Key, User } from "../../bindings/wire";
import { call } from "../../app/host";
import { onChanges } from "../../app/session.svelte";

const OURS: ReadonlySet<Event["kind"]> = new Set<Event["kind"]>(["user_changed", "key_created", "key_revoked"]);

export class People {
  /** The owner first, then by name; null until they are known. */
  users = $state.raw<readonly User[] | null>(null);
  /** The newest first, those that work no more too. */
  keys = $state.raw<readonly Key[]>([]);
  trouble = $state.raw<unknown>(null);

  /** Reads, and follows what anybody changes. Returns the way to stop. */
  follow(): () => void {
    void this.load();
    return onChanges((events) => {
      if (events.length === 0 || events.some(({ kind }) => OURS.has(kind))) void this.load();
    });
  }

  async load(): Promise<void> {
    try {
      [this.users, this.keys] = await Promise.all([call("user_list", {}), call("key_list", {})]);
      this.trouble = null;
    } catch (error) {
      this.trouble = error;
    }
  }
}

/** Whether a key still lets somebody in. */
export function works(key: Key, now: number): boolean {
  return key.revoked === null && (key.expires === null || key.expires > now);
}
