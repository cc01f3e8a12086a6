/** Counts, and words that depend on a count. */
import { perLocale } from "./locale";

const whole = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const rules = perLocale(() => new Intl.PluralRules("en"));

/** 1,284 */
export function count(n: number): string {
  return whole().format(n);
}

/** The right one of the given forms, with the count put in for `#`. */
export function plural(n: number, forms: { zero?: string; one: string; other: string }): string {
  if (n === 0 && forms.zero !== undefined) return forms.zero;
  const form = rules().select(n) === "one" ? forms.one : forms.other;
  return form.replace("#", count(n));
}
