/** One-line notices at the lower left of the stage. What they tell can often be undone. */
import { sentence } from "./host";
import { undoStack, type Step } from "./undo";

export interface NoticeOptions {
  text: string;
  /** Takes back what the notice tells; also reached by Ctrl+Z, for as long as nothing else is undone first. */
  undo?: () => Promise<unknown>;
  /** Does it again after it was taken back (Ctrl+Shift+Z). */
  redo?: () => Promise<unknown>;
  /** An error stays until it is closed. */
  tone?: "plain" | "error";
  /** A heading over the text, for errors that need one. */
  title?: string;
  action?: { label: string; run: () => unknown };
  /** What a person who helps would ask for; shown on request. */
  details?: string;
}

export interface Notice extends NoticeOptions {
  id: number;
  step: Step | null;
}

/** How long a notice stays, in milliseconds, while nobody points at it. */
export const NOTICE_STAYS = 8000;

class Notices {
  // Raw: a step must stay the very one that the undo stack holds.
  shown = $state.raw<Notice[]>([]);
  #next = 1;

  add(options: NoticeOptions): Notice {
    const step = options.undo ? { text: options.text, undo: options.undo, redo: options.redo } : null;
    if (step) undoStack.push(step);
    const notice = { ...options, id: this.#next++, step };
    // Two at most: the newest, and one before it. Errors are not pushed out by good news, and what says the same
    // without anything to take back is said once.
    const before = this.shown.filter((other) => other.step !== null || other.text !== options.text);
    const errors = before.filter((other) => other.tone === "error").slice(-2);
    const plain = before.filter((other) => other.tone !== "error").slice(-1);
    this.shown = [...errors, ...plain, notice];
    return notice;
  }

  close(id: number): void {
    this.shown = this.shown.filter((notice) => notice.id !== id);
  }

  /** Takes back what a notice told. */
  async undo(notice: Notice): Promise<void> {
    this.close(notice.id);
    if (notice.step) await takeBack(notice.step);
  }
}

export const notices = new Notices();

/** Shows a notice. Returns the way to close it early. */
export function notify(options: NoticeOptions): () => void {
  const { id } = notices.add(options);
  return () => notices.close(id);
}

/** Shows an error that concerns no place in particular. */
export function notifyError(error: unknown, title?: string): void {
  notices.add({ text: sentence(error), tone: "error", title });
}

/** Takes back the given step or the newest, and closes its notice. Returns what was taken back, or null. */
export async function takeBack(step?: Step): Promise<Step | null> {
  try {
    const done = await undoStack.undo(step);
    notices.shown = notices.shown.filter((notice) => notice.step !== done || done === null);
    return done;
  } catch (error) {
    notifyError(error);
    return null;
  }
}

/** Does again what was taken back last. */
export async function doAgain(): Promise<Step | null> {
  try {
    return await undoStack.redo();
  } catch (error) {
    notifyError(error);
    return null;
  }
}
