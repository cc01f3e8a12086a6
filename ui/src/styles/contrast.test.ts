// @vitest-environment node
/** Every pair of colours that may lie on each other can be read: text at 4.5:1, marks at 3:1, in both themes. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

type Rgb = [number, number, number];
type Rgba = [number, number, number, number];

/** One oklch colour as linear sRGB parts from 0 to 1, cut off where the screen ends. */
function parse(text: string): Rgba {
  const [L, C, h, a = 1] = text.split(/[\s/]+/).map(Number) as [number, number, number, number?];
  const [A, B] = [C * Math.cos((h * Math.PI) / 180), C * Math.sin((h * Math.PI) / 180)];
  const l = (L + 0.3963377774 * A + 0.2158037573 * B) ** 3;
  const m = (L - 0.1055613458 * A - 0.0638541728 * B) ** 3;
  const s = (L - 0.0894841775 * A - 1.291485548 * B) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const [r, g, b] = linear.map((part) => encode(Math.min(1, Math.max(0, part)))) as Rgb;
  return [r, g, b, a];
}

function encode(part: number): number {
  return part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
}

/** The colours of both themes, as the oklch list at the end of the tokens has them. */
const themes = { light: new Map<string, Rgba>(), dark: new Map<string, Rgba>() };
for (const [, name, value] of css
  .slice(css.indexOf("@supports"))
  .matchAll(/--([\w-]+):\s*([^;]+oklch[^;]+|oklch[^;]+);/g)) {
  const parts = [...value!.matchAll(/oklch\(([^)]+)\)/g)].map(([, part]) => parse(part!));
  themes.light.set(name!, parts[0]!);
  themes.dark.set(name!, parts.at(-1)!);
}

function over([r, g, b, a]: Rgba, [R, G, B]: Rgb): Rgb {
  return [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(front: Rgb, back: Rgb): number {
  const [a, b] = [luminance(front), luminance(back)].sort((x, y) => y - x) as [number, number];
  return (a + 0.05) / (b + 0.05);
}

const surfaces = ["bg", "bg-side", "bg-sunken", "bg-raised", "bg-selected", "bg-selected-idle"];
const controls = ["bg-control", "bg-thumb", "bg-control-hover", "bg-control-pressed"];
const tints = ["accent-tint", "ok-tint", "warn-tint", "danger-tint"];
const syntax = ["syn-key", "syn-string", "syn-number", "syn-word"];

/** Fronts, the surfaces they may lie on, and the least contrast. A surface `a/b` is the veil `a` over `b`. */
const pairs: [fronts: string[], backs: string[], least: number][] = [
  [["text"], [...surfaces, ...controls, ...tints], 4.5],
  [["text-2", "text-3"], surfaces, 4.5],
  [["accent-text"], ["bg", "bg-side", "bg-sunken", "bg-raised", "accent-tint", "bg-selected"], 4.5],
  [["on-accent"], ["accent", "accent-hover", "danger", "danger-hover"], 4.5],
  [["ok-text"], ["bg", "bg-raised", "ok-tint", "bg-sunken", "accent-tint"], 4.5],
  [["warn-text"], ["bg", "bg-side", "bg-raised", "warn-tint", "bg-sunken"], 4.5],
  [["danger-text"], ["bg", "bg-raised", "danger-tint", "bg-sunken", "bg-selected"], 4.5],
  [syntax, ["bg", "bg-sunken"], 4.5],
  [[...syntax, "text-2", "text-3"], ["bg-raised", "accent-tint", "warn-tint", "danger-tint", "bg-selected"], 4.5],
  [["text-2", "text-3", "accent-text"], ["bg-hover/bg", "bg-hover/bg-side", "bg-hover/bg-raised"], 4.5],
  [["text", "text-2", "warn-text"], ["bg-track/bg", "bg-track/bg-raised", "bg-hover/bg", "bg-hover/bg-raised"], 4.5],
  [["focus"], ["bg", "bg-side", "bg-raised", "bg-sunken"], 3],
  [["line-mark"], ["bg", "bg-raised", "bg-side"], 3],
  [["ok-mark", "warn-mark", "danger-mark"], ["bg", "bg-raised"], 3],
  [["accent-mark"], ["bg", "bg-raised", "bg-sunken", "line"], 3],
  [
    [...themes.light.keys()].filter((name) => name.startsWith("kind-")),
    ["bg", "bg-raised", "bg-sunken", "bg-selected", "bg-selected-idle", "accent-tint"],
    3,
  ],
];

test("both themes have all their colours", () => {
  expect(themes.light.size).toBeGreaterThan(50);
  expect([...themes.light.values(), ...themes.dark.values()].flat().every(Number.isFinite)).toBe(true);
});

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  const colour = (name: string): Rgba => {
    const value = themes[theme].get(name);
    if (value === undefined) throw new Error(`there is no token --${name}`);
    return value;
  };
  const surface = (name: string): Rgb => {
    const [veil, under] = name.split("/") as [string, string | undefined];
    const [r, g, b] = under === undefined ? colour(veil) : over(colour(veil), surface(under));
    return [r, g, b];
  };

  test.each(pairs)("%j on %j reach %d:1", (fronts, backs, least) => {
    const short = fronts.flatMap((front) =>
      backs
        .map((back) => ({ front, back, ratio: contrast(over(colour(front), surface(back)), surface(back)) }))
        .filter(({ ratio }) => ratio < least),
    );
    expect(short).toEqual([]);
  });
});

test("the fallback colours of the dark theme are the same by setting and by system", () => {
  const colours = (block: string) => block.match(/--[\w-]+:\s*#[0-9a-f]+;/g);
  const system = css.slice(css.indexOf("@media (prefers-color-scheme: dark)"), css.search(/^\[data-theme="dark"\]/m));
  const setting = css.slice(css.search(/^\[data-theme="dark"\]/m), css.indexOf("@supports"));
  expect(colours(system)?.length).toBeGreaterThan(50);
  expect(colours(system)).toEqual(colours(setting));
});
