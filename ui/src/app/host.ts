/** The one host of this page, given to it by `main.ts` and asked by every feature. */
import { isApiError, type Answer, type CommandName, type Host, type Request } from "../host/host";

let current: Host | null = null;

/** Sets the host; once at the start, and by tests. */
export function setHost(next: Host): void {
  current = next;
}

/** The host. Set before anything is shown. */
export function host(): Host {
  if (current === null) throw new Error("the page was shown before it had a host");
  return current;
}

/** Runs one command of the list. Rejects with an `ApiError`. */
export function call<C extends CommandName>(name: C, request: Request<C>): Promise<Answer<C>> {
  return host().call(name, request);
}

/** A sentence for whatever was thrown: the engine's own words where it has any. */
export function sentence(error: unknown): string {
  if (isApiError(error)) return error.message;
  return error instanceof Error ? error.message : String(error);
}
