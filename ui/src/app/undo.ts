/** What can be taken back, newest first, and what was taken back and can be done again. */

export interface Step {
  /** What was done, in the words of its notice. */
  text: string;
  undo: () => Promise<unknown>;
  /** Does it again; without it, taking back is the end of the step. */
  redo?: () => Promise<unknown>;
}

class UndoStack {
  #done: Step[] = [];
  #undone: Step[] = [];

  /** Remembers a step. What had been taken back before it can no longer be done again. */
  push(step: Step): void {
    this.#done.push(step);
    this.#undone = [];
    if (this.#done.length > 100) this.#done.shift();
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }
  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Takes back the given step, or the newest. Returns it, or null if there is none. */
  async undo(step: Step | undefined = this.#done.at(-1)): Promise<Step | null> {
    if (step === undefined || !this.#done.includes(step)) return null;
    this.#done = this.#done.filter((other) => other !== step);
    await step.undo();
    if (step.redo) this.#undone.push(step);
    return step;
  }

  /** Does again what was taken back last. Returns it, or null if there is none. */
  async redo(): Promise<Step | null> {
    const step = this.#undone.pop();
    if (step?.redo === undefined) return null;
    await step.redo();
    this.#done.push(step);
    return step;
  }

  /** Forgets everything. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
  }
}

export const undoStack = new UndoStack();
