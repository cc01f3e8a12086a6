/** Spans of time as they are written in a form. */

const UNITS = { minutes: 60, hours: 3600, days: 86_400 } as const;

export type SpanUnit = keyof typeof UNITS;

/** A span being written: digits, and the unit chosen. */
export interface SpanForm {
  text: string;
  unit: SpanUnit;
}

/** The whole seconds meant, or null for what is no span of at least one. */
export function secondsOf({ text, unit }: SpanForm): number | null {
  const clean = text.trim().replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(clean)) return null;
  const seconds = Math.round(Number(clean) * UNITS[unit]);
  return seconds >= 1 && Number.isSafeInteger(seconds) ? seconds : null;
}
