/** The way into the page in a browser: a key, which the page keeps in its memory, or the tab if the person wants that. */
import { mount, unmount } from "svelte";
import { httpHost } from "../host/http";
import type { Host } from "../host/host";
import SignIn from "./SignIn.svelte";
import { sentence } from "./host";

/** Where the tab keeps the key; it goes with the tab. */
const KEPT = "pail.key";

/** Asks for a key, in `target`, until one opens the server. */
export async function signedIn(target: HTMLElement): Promise<Host> {
  const kept = sessionStorage.getItem(KEPT);
  let trouble: string | null = null;
  if (kept !== null) {
    try {
      return await httpHost(kept, leave);
    } catch (error) {
      trouble = sentence(error);
    }
  }
  return new Promise((resolve) => {
    const screen = mount(SignIn, {
      target,
      props: {
        trouble,
        async enter(key: string, keep: boolean) {
          const host = await httpHost(key, leave);
          if (keep) sessionStorage.setItem(KEPT, key);
          else sessionStorage.removeItem(KEPT);
          await unmount(screen);
          resolve(host);
        },
      },
    });
  });
}

/** Nothing of what was shown stays behind. */
function leave(): void {
  sessionStorage.removeItem(KEPT);
  location.reload();
}
