/** Words written one after the other. */

/** The values with the words of the draft behind them, none of them twice. */
export function withDraft(values: readonly string[], draft: string): string[] {
  return [...new Set([...values, ...draft.split(/[\s,]+/).filter(Boolean)])];
}
