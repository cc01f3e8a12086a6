/** What jsdom lacks and the page needs; and dates as the tests expect them. */
import "@testing-library/jest-dom/vitest";
import { setLocale } from "../src/format/locale";

setLocale("en-GB");

class NoResize {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

// Tests of files, not of the page, run without a window.
if (typeof window !== "undefined") {
  globalThis.ResizeObserver ??= NoResize;
  window.matchMedia ??= (query: string) =>
    ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
  Element.prototype.scrollIntoView ??= () => {};
  Element.prototype.animate ??= () =>
    ({ cancel() {}, finished: Promise.resolve(), onfinish: null }) as unknown as Animation;
}
