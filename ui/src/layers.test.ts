// @vitest-environment node
/** Who may know whom: features never know each other, components know no feature, only `host/` knows the program around the page. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const SRC = fileURLToPath(new URL(".", import.meta.url));

interface Import {
  file: string;
  target: string;
}

const imports: Import[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(ts|svelte)$/.test(file) && !file.endsWith(".test.ts"))
  .flatMap((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    // A type alone ties nothing together when the program runs.
    const code = text.replace(/import type [^;]+;/g, "");
    const targets = [...code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target]) => target!);
    return targets.map((target) => ({
      file,
      target: target.startsWith(".") ? relative(SRC, resolve(SRC, dirname(file), target)) : target,
    }));
  });

const room = (path: string) => path.split("/")[0]!;
const feature = (path: string) => (room(path) === "features" ? path.split("/")[1]! : null);

function offenders(wrong: (one: Import) => boolean): string[] {
  return imports.filter(wrong).map(({ file, target }) => `${file} knows ${target}`);
}

describe("the rooms of the page", () => {
  test("imports were found at all", () => expect(imports.length).toBeGreaterThan(100));

  test("only host/ knows Tauri", () => {
    expect(offenders(({ file, target }) => target.startsWith("@tauri-apps/") && room(file) !== "host")).toEqual([]);
  });

  test("no feature knows another", () => {
    expect(
      offenders(
        ({ file, target }) => feature(file) !== null && feature(target) !== null && feature(file) !== feature(target),
      ),
    ).toEqual([]);
  });

  test("only App knows features, and only features and App know what is shared between them", () => {
    expect(
      offenders(({ file, target }) => feature(target) !== null && feature(file) === null && file !== "App.svelte"),
    ).toEqual([]);
  });

  test("components, formats and words know neither features nor the host", () => {
    const low = ["components", "format", "i18n", "styles"];
    expect(
      offenders(({ file, target }) => low.includes(room(file)) && ["features", "host"].includes(room(target))),
    ).toEqual([]);
  });

  test("of what people get, only main knows the stand-in, and leaves it out of their build", () => {
    const shipped = reachedFrom("main.ts");
    expect(shipped.size).toBeGreaterThan(50);
    expect(
      offenders(
        ({ file, target }) =>
          shipped.has(file) && target.startsWith("host/fake") && !file.startsWith("host/fake") && file !== "main.ts",
      ),
    ).toEqual([]);
  });
});

/** All files that a file brings along. */
function reachedFrom(start: string): Set<string> {
  const files = new Set(imports.map(({ file }) => file));
  const reached = new Set([start]);
  for (const file of reached)
    for (const { target } of imports.filter((one) => one.file === file)) {
      const found = [target, `${target}.ts`, `${target}/index.ts`].find((path) => files.has(path));
      if (found) reached.add(found);
    }
  return reached;
}
