/** Bytes, as people read them. */
import { count } from "./number";
import { perLocale } from "./locale";

const decimal = [
  { name: "KB", bytes: 1e3 },
  { name: "MB", bytes: 1e6 },
  { name: "GB", bytes: 1e9 },
  { name: "TB", bytes: 1e12 },
  { name: "PB", bytes: 1e15 },
];
const binary = [
  { name: "KiB", bytes: 2 ** 10 },
  { name: "MiB", bytes: 2 ** 20 },
  { name: "GiB", bytes: 2 ** 30 },
  { name: "TiB", bytes: 2 ** 40 },
];

const three = perLocale((locale) =>
  [2, 1, 0].map(
    (digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  ),
);

/** Decimal units with three figures: 705 B, 4.21 KB, 18.6 MB, 486 MB, 1.79 GB. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${count(bytes)} B`;
  // A value that rounds up to a thousand belongs to the next unit.
  const unit = decimal.find((unit) => bytes / unit.bytes < 999.5) ?? decimal.at(-1)!;
  const value = bytes / unit.bytes;
  const figures = value < 9.995 ? 0 : value < 99.95 ? 1 : 2;
  return `${three()[figures]!.format(value)} ${unit.name}`;
}

/** All the bytes, for the hint on a size: 8,421,376 bytes. */
export function exactSize(bytes: number): string {
  return `${count(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}

/** How a limit of so many bytes was written: the unit in which it is the smallest whole number. */
export function limitParts(bytes: number): { value: number; unit: LimitUnit } {
  let best: { value: number; unit: LimitUnit } = { value: bytes, unit: "B" };
  for (const unit of [...decimal.slice(0, 4), ...binary]) {
    const value = bytes / unit.bytes;
    if (Number.isInteger(value) && value >= 1 && value < best.value) best = { value, unit: unit.name as LimitUnit };
  }
  return best;
}

export type LimitUnit = "B" | "KB" | "MB" | "GB" | "TB" | "KiB" | "MiB" | "GiB" | "TiB";

/** Bytes in one of a unit. */
export function unitBytes(unit: LimitUnit): number {
  return [...decimal, ...binary].find((one) => one.name === unit)?.bytes ?? 1;
}

/** A limit in the unit it was set in: 1 GiB, 500 MB. */
export function limit(bytes: number): string {
  const { value, unit } = limitParts(bytes);
  return unit === "B" ? size(bytes) : `${count(value)} ${unit}`;
}

/** 61.4 MB/s */
export function rate(bytesPerSecond: number): string {
  return `${size(Math.round(bytesPerSecond))}/s`;
}
