/** The workspace's settings as a form. The theme is not among them: it takes hold at once. */
import type { UploadSettings, Workspace } from "../../bindings/wire";
import { bytesOf, countOf, sizeForm, type SizeForm } from "../../format/limitForm";
import { slugPreview } from "../../format/slug";
import { wrongAccept } from "../../format/types";
import { words } from "../../i18n";

export interface WorkspaceForm {
  title: string;
  fileSize: SizeForm;
  maxFiles: string;
  accepted: string;
  slug: string;
  apiDeletion: boolean;
  webhookHosts: string[];
}

/** What the settings are changed by. */
export type Changes = Partial<Pick<Workspace, "title" | "limits" | "slug" | "apiDeletion" | "webhookHosts">>;

/** What is wrong, by part; null where nothing is. */
export interface WorkspaceTrouble {
  title: string | null;
  fileSize: boolean;
  maxFiles: boolean;
  accepted: string | null;
  slug: string | null;
}

export function workspaceForm({ title, limits, slug, apiDeletion, webhookHosts }: Workspace): WorkspaceForm {
  return {
    ...{ title, slug, apiDeletion, webhookHosts },
    fileSize: sizeForm(limits.maxFileSize),
    maxFiles: limits.maxFilesPerBucket === null ? "" : String(limits.maxFilesPerBucket),
    accepted: limits.acceptedFileTypes,
  };
}

export function troubleOf(form: WorkspaceForm): WorkspaceTrouble | null {
  const part = wrongAccept(form.accepted);
  const trouble = {
    title: form.title.trim() === "" ? words.settings.titleMissing : null,
    fileSize: bytesOf(form.fileSize) === undefined,
    maxFiles: countOf(form.maxFiles) === undefined,
    accepted: part === null ? null : words.settings.notAccepted(part),
    slug: slugPreview(form.slug) === form.slug.trim() ? null : words.settings.slugWrong,
  };
  return Object.values(trouble).some(Boolean) ? trouble : null;
}

/** What a form without trouble changes of the workspace. */
export function changesOf(form: WorkspaceForm, workspace: Workspace): Changes {
  const changes: Changes = {};
  if (form.title.trim() !== workspace.title) changes.title = form.title.trim();
  if (form.slug.trim() !== workspace.slug) changes.slug = form.slug.trim();
  if (form.apiDeletion !== workspace.apiDeletion) changes.apiDeletion = form.apiDeletion;
  if (form.webhookHosts.join() !== workspace.webhookHosts.join()) changes.webhookHosts = [...form.webhookHosts];
  const limits: UploadSettings = {
    maxFileSize: bytesOf(form.fileSize) ?? null,
    maxFilesPerBucket: countOf(form.maxFiles) ?? null,
    acceptedFileTypes: form.accepted.trim(),
  };
  const same =
    limits.maxFileSize === workspace.limits.maxFileSize &&
    limits.maxFilesPerBucket === workspace.limits.maxFilesPerBucket &&
    limits.acceptedFileTypes === workspace.limits.acceptedFileTypes;
  if (!same) changes.limits = limits;
  return changes;
}

/** Whether two workspaces have the same settings in this form. */
export function sameSettings(one: Workspace, other: Workspace): boolean {
  return Object.keys(changesOf(workspaceForm(one), other)).length === 0;
}
