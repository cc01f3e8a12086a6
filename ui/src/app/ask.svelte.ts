/**
 * Asks the person to choose before something goes on, and waits for the answer:
 *
 *     const choice = await ask({ title: "Leave without saving?", text: "…", choices: [
 *       { value: "save", label: "Save", tone: "main" },
 *       { value: "leave", label: "Leave without saving", tone: "bad" },
 *     ], stay: "Keep editing" });
 *
 * The answer is the value chosen, or null if the person stays.
 */

export interface Choice<V extends string> {
  value: V;
  label: string;
  tone?: "main" | "bad" | "normal";
}

export interface Question<V extends string = string> {
  title: string;
  text: string;
  /** At the right, in the order given; the last is the act of the title. */
  choices: Choice<V>[];
  /** The word for changing nothing. */
  stay: string;
}

interface Asked {
  question: Question;
  answer: (value: string | null) => void;
}

class Asking {
  current = $state.raw<Asked | null>(null);
}

export const asking = new Asking();

/** Asks, and resolves with the answer. A second question answers the first with "stay". */
export function ask<V extends string>(question: Question<V>): Promise<V | null> {
  asking.current?.answer(null);
  return new Promise((resolve) => {
    asking.current = {
      question,
      answer: (value) => {
        asking.current = null;
        resolve(value as V | null);
      },
    };
  });
}
