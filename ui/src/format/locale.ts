/** Whose habits numbers and dates follow: the system's, unless told otherwise. */

let current: string | undefined;
const cleared: (() => void)[] = [];

/** Sets the locale for all formats; `undefined` is the system's. */
export function setLocale(locale: string | undefined): void {
  current = locale;
  for (const clear of cleared) clear();
}

/** Keeps one formatter, which is dear to make, until the locale changes. */
export function perLocale<T>(make: (locale: string | undefined) => T): () => T {
  let kept: T | undefined;
  cleared.push(() => (kept = undefined));
  return () => (kept ??= make(current));
}
