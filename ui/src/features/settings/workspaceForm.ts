/** The workspace's settings as a form. The theme is not among them: it takes hold at once. */
import type { UploadSettings, Workspace, WorkspaceUpdateRequest } from "../../bindings/wire";
import { bytesOf, countOf, sizeForm, type SizeForm } from "../../format/limitForm";
import { wrongAccept } from "../../format/types";
import { words } from "../../i18n";

export interface WorkspaceForm {
  title: string;
  fileSize: SizeForm;
  maxFiles: string;
  accepted: string;
}

/** What is wrong, by part; null where nothing is. */
export interface WorkspaceTrouble {
  title: string | null;
  fileSize: boolean;
  maxFiles: boolean;
  accepted: string | null;
}

export function workspaceForm({ title, limits }: Workspace): WorkspaceForm {
  return {
    title,
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
  };
  return trouble.title || trouble.fileSize || trouble.maxFiles || trouble.accepted ? trouble : null;
}

/** What a form without trouble changes of the workspace. */
export function changesOf(form: WorkspaceForm, workspace: Workspace): WorkspaceUpdateRequest {
  const changes: WorkspaceUpdateRequest = {};
  if (form.title.trim() !== workspace.title) changes.title = form.title.trim();
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
