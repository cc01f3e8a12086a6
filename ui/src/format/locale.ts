/** Whose habits numbers and dates follow: the system's, unless told otherwise. */

// Without a language set, a system says "posix", which knows no groups of thousands; then the words of this catalogue decide.
const system = new Intl.NumberFormat().resolvedOptions().locale;
let current: string | undefined = /posix/i.test(system) ? "en-GB" : undefined;
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
