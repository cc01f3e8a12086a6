/** Limits as they are written in a form, and back. */
import type { Limits } from "../bindings/wire";
import { limitParts, unitBytes, type LimitUnit } from "./size";
import { groupTypes, isTypePattern, TYPE_GROUPS, type TypeGroup } from "./types";

/** A number of bytes being written: digits, and the unit chosen. */
export interface SizeForm {
  text: string;
  unit: LimitUnit;
}

export interface LimitsForm {
  fileSize: SizeForm;
  maxFiles: string;
  quota: SizeForm;
  groups: TypeGroup[];
  /** Free patterns, separated by commas or spaces. */
  others: string;
}

/** The units a limit can be set in. */
export const LIMIT_UNITS: LimitUnit[] = ["KB", "MB", "GB", "KiB", "MiB", "GiB", "TiB"];

export function sizeForm(bytes: number | null, unit: LimitUnit = "MB"): SizeForm {
  if (bytes === null) return { text: "", unit };
  const parts = limitParts(bytes);
  return { text: String(parts.value), unit: parts.unit };
}

/** The bytes meant: `null` for an empty field (no limit), `undefined` for what is no number. */
export function bytesOf({ text, unit }: SizeForm): number | null | undefined {
  const clean = text.trim().replace(",", ".");
  if (clean === "") return null;
  if (!/^\d+(\.\d+)?$/.test(clean)) return undefined;
  const bytes = Math.round(Number(clean) * unitBytes(unit));
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The count meant, in the same way. */
export function countOf(text: string): number | null | undefined {
  const clean = text.trim().replace(/[\s,.']/g, "");
  if (clean === "") return null;
  const n = Number(clean);
  return /^\d+$/.test(clean) && n > 0 && Number.isSafeInteger(n) ? n : undefined;
}

export function limitsForm(limits: Limits): LimitsForm {
  const { groups, others } = groupTypes(limits.allowedMimeTypes);
  return {
    fileSize: sizeForm(limits.fileSizeLimit),
    maxFiles: limits.maxFiles === null ? "" : String(limits.maxFiles),
    quota: sizeForm(limits.quota, "GB"),
    groups,
    others: others.join(", "),
  };
}

/** Which parts of the form are wrong. */
export interface LimitsTrouble {
  fileSize: boolean;
  maxFiles: boolean;
  quota: boolean;
  others: boolean;
}

/** The limits meant, or which parts are wrong. */
export function readLimits(
  form: LimitsForm,
): { limits: Limits; trouble: null } | { limits: null; trouble: LimitsTrouble } {
  const fileSizeLimit = bytesOf(form.fileSize);
  const maxFiles = countOf(form.maxFiles);
  const quota = bytesOf(form.quota);
  const others = form.others
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const othersWrong = others.some((type) => !isTypePattern(type));
  if (fileSizeLimit === undefined || maxFiles === undefined || quota === undefined || othersWrong) {
    const trouble = {
      fileSize: fileSizeLimit === undefined,
      maxFiles: maxFiles === undefined,
      quota: quota === undefined,
      others: othersWrong,
    };
    return { limits: null, trouble };
  }
  const allowedMimeTypes = [
    ...new Set([...form.groups.flatMap((name): readonly string[] => TYPE_GROUPS[name]), ...others]),
  ];
  return { limits: { fileSizeLimit, maxFiles, quota, allowedMimeTypes }, trouble: null };
}

/** Whether two limits mean the same. */
export function sameLimits(a: Limits, b: Limits): boolean {
  const types = (limits: Limits) => [...limits.allowedMimeTypes].sort().join();
  return (
    a.fileSizeLimit === b.fileSizeLimit && a.maxFiles === b.maxFiles && a.quota === b.quota && types(a) === types(b)
  );
}
