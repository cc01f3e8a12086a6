/** A bucket's settings as a form: what it starts from, what is wrong with it, what it changes. */
import type { Bucket, BucketUpdateRequest, Limits } from "../../bindings/wire";
import { limitsForm, readLimits, sameLimits, type LimitsForm } from "../../format/limitForm";
import { words } from "../../i18n";

export const NO_LIMITS: Limits = { fileSizeLimit: null, maxFiles: null, quota: null, allowedMimeTypes: [] };

export interface BucketForm {
  title: string;
  icon: string;
  notes: string;
  enabled: boolean;
  limits: LimitsForm;
}

/** What is wrong with a title, or null. */
export function titleTrouble(title: string): string | null {
  const clean = title.trim();
  if (clean === "") return words.bucket.titleMissing;
  return [...clean].length > 200 ? words.bucket.titleLong : null;
}

export function bucketForm({ title, icon, notes, enabled, limits }: Bucket): BucketForm {
  return { title, icon, notes, enabled, limits: limitsForm(limits) };
}

export type Changes = Omit<BucketUpdateRequest, "bucket">;

/** What the form changes of the bucket. A part that is wrong counts as changed, and is left out. */
export function changesOf(form: BucketForm, bucket: Bucket): { changes: Changes; changed: boolean } {
  const changes: Changes = {};
  if (form.title.trim() !== bucket.title) changes.title = form.title.trim();
  if (form.icon !== bucket.icon) changes.icon = form.icon;
  if (form.notes !== bucket.notes) changes.notes = form.notes;
  if (form.enabled !== bucket.enabled) changes.enabled = form.enabled;
  const { limits } = readLimits(form.limits);
  if (limits && !sameLimits(limits, bucket.limits)) changes.limits = limits;
  return { changes, changed: limits === null || Object.keys(changes).length > 0 };
}

/** The settings of the bucket that would take the changes back. */
export function backTo(bucket: Bucket, changes: Changes): Changes {
  const names = Object.keys(changes) as (keyof Changes)[];
  return Object.fromEntries(names.map((name) => [name, bucket[name]])) as Changes;
}
