/** Moments and spans, as people read them. All moments are Unix milliseconds. */
import { count } from "./number";
import { perLocale } from "./locale";

const clock = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
const day = perLocale((locale) => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }));
const fullDay = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric" }),
);

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** 14:12 */
export function time(ms: number): string {
  return clock().format(ms);
}

/** Today 14:12, Yesterday 17:26, 18 Nov 2026. */
export function date(ms: number, now: number = Date.now()): string {
  const today = startOfDay(now);
  if (startOfDay(ms) === today) return `Today ${time(ms)}`;
  // Half a day back from midnight is yesterday, also when the clocks change.
  if (startOfDay(ms) === startOfDay(today - 12 * 3_600_000)) return `Yesterday ${time(ms)}`;
  return day().format(ms);
}

/** Where the time matters on any day: Sat 28 Nov 2026, 14:32. */
export function dateTime(ms: number): string {
  const parts = fullDay()
    .format(ms)
    .replace(/^(\p{L}+\.?), /u, "$1 ");
  return `${parts}, ${time(ms)}`;
}

/** 8 s, 6 min, 2 h, 3 days. */
export function span(seconds: number): string {
  if (seconds < 60) return `${count(Math.max(1, Math.ceil(seconds)))} s`;
  if (seconds < 3600) return `${count(Math.round(seconds / 60))} min`;
  if (seconds < 2 * 86_400) return `${count(Math.round(seconds / 3600))} h`;
  return `${count(Math.round(seconds / 86_400))} days`;
}

/** 8 s left, 6 min left, 2 h left. */
export function timeLeft(seconds: number): string {
  return Number.isFinite(seconds) ? `${span(seconds)} left` : "";
}
