/** A bucket's settings as a form: what it starts from, what is wrong with it, what it changes. */
import type { Bucket, Limits } from "../../bindings/wire";
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

/** What a bucket's settings are changed by. */
export type Changes = Partial<Pick<Bucket, "title" | "icon" | "notes" | "enabled" | "limits">>;

/** Whether the form cannot be saved as it is. */
export function isWrong(form: BucketForm): boolean {
  return titleTrouble(form.title) !== null || readLimits(form.limits).trouble !== null;
}

/** What the form changes of the bucket. A part that is wrong is left out. */
export function changesOf(form: BucketForm, bucket: Bucket): Changes {
  const changes: Changes = {};
  if (form.title.trim() !== bucket.title) changes.title = form.title.trim();
  if (form.icon !== bucket.icon) changes.icon = form.icon;
  if (form.notes !== bucket.notes) changes.notes = form.notes;
  if (form.enabled !== bucket.enabled) changes.enabled = form.enabled;
  const { limits } = readLimits(form.limits);
  if (limits && !sameLimits(limits, bucket.limits)) changes.limits = limits;
  return changes;
}
