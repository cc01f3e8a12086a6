/** What can be done with files: each act, its notice, and how it is taken back. */
import type { Link, ObjectInfo, ObjectPage, ObjectRef, VersionInfo, VisibilityChoice } from "../../bindings/wire";
import { call, host } from "../../app/host";
import { notify, notifyError } from "../../app/notices.svelte";
import { words } from "../../i18n";
import { permalinkOf, shownBy } from "./permalinks";
import { type FileRow, type FolderRow, type Row, rowName } from "./rows";

export function refOf(object: Pick<ObjectInfo, "id">): ObjectRef {
  return { id: object.id };
}

export function refsOf(objects: readonly Pick<ObjectInfo, "id">[]): ObjectRef[] {
  return objects.map(refOf);
}

export function isFile(row: Row): row is FileRow {
  return row.kind === "file";
}

export function isFolder(row: Row): row is FolderRow {
  return row.kind === "folder";
}

/** Runs an act; what goes wrong becomes a notice. Whether it went well. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    notifyError(error);
    return false;
  }
}

export function openFile(object: ObjectInfo): Promise<boolean> {
  return attempt(() => host().openObject(object.bucket, refOf(object)));
}

export function editFile(object: ObjectInfo): Promise<boolean> {
  return attempt(async () => {
    await host().editObject(object.bucket, refOf(object));
    notify({ text: words.files.editing(object.originalName) });
  });
}

export function finishEditing(object: ObjectInfo): Promise<boolean> {
  return attempt(async () => {
    await call("checkout_finish", { bucket: object.bucket, object: refOf(object) });
    notify({ text: words.files.editingEnded(object.originalName) });
  });
}

/** Copies the links of some files, one on each line. */
export function copyLinks(objects: readonly ObjectInfo[]): Promise<boolean> {
  return attempt(async () => {
    const [first] = objects;
    if (!first) return;
    const link: Link = await call("link_show", { bucket: first.bucket, object: refOf(first) });
    // One server answers for all of them, so one question is enough, however many there are.
    const server = link.url.slice(0, link.url.length - link.path.length);
    await host().copyText(objects.map((object) => server + object.path).join("\n"));
    const { linkCopied, linkNotServed, linksCopied } = words.files;
    notify({ text: objects.length > 1 ? linksCopied(objects.length) : link.served ? linkCopied : linkNotServed });
  });
}

export function openLink(object: ObjectInfo): Promise<boolean> {
  return attempt(async () => {
    const { url, path } = await call("link_show", { bucket: object.bucket, object: refOf(object) });
    const server = url.slice(0, url.length - path.length);
    await host().openLink(permalinkOf(object.bucket) === "open" ? url : server + (await shownBy(object)));
  });
}

/** Changes who may read a file. */
export function setVisibility(object: ObjectInfo, choice: VisibilityChoice): Promise<boolean> {
  const former = object.visibility ?? "inherited";
  return attempt(async () => {
    const to = (visibility: VisibilityChoice) =>
      call("object_update", { bucket: object.bucket, object: refOf(object), visibility });
    await to(choice);
    notify({
      text: words.files.visibilityChanged[choice](object.originalName),
      undo: () => to(former),
      redo: () => to(choice),
    });
  });
}

/** Saves the metadata of a file, or rejects with the reason, which belongs beside the field. */
export async function saveMetadata(object: ObjectInfo, metadata: string): Promise<void> {
  const to = (text: string) => call("object_update", { bucket: object.bucket, object: refOf(object), metadata: text });
  await to(metadata);
  notify({
    text: words.files.metadataSaved(object.originalName),
    undo: () => to(object.metadata),
    redo: () => to(metadata),
  });
}

export function copyHash(hash: string): Promise<boolean> {
  return attempt(async () => {
    await host().copyText(hash);
    notify({ text: words.files.hashCopied });
  });
}

export function saveAs(bucket: string, objects: readonly ObjectInfo[]): Promise<boolean> {
  return attempt(async () => {
    const saved = await host().saveAs(bucket, refsOf(objects));
    if (saved !== null) notify({ text: words.files.saved(saved) });
  });
}

/** Renames, or rejects with the reason, which belongs beside the field. */
export async function rename(object: ObjectInfo, name: string): Promise<void> {
  const to = async (next: string): Promise<void> => {
    await call("object_rename", { bucket: object.bucket, object: refOf(object), name: next });
  };
  await to(name);
  notify({
    text: words.files.renamed(object.originalName, name),
    undo: () => to(object.originalName),
    redo: () => to(name),
  });
}

/** Deletes files and folders into the trash. */
export function remove(bucket: string, rows: readonly Row[]): Promise<boolean> {
  return attempt(async () => {
    const folders = rows.filter(isFolder).map((row) => row.folder.path);
    const objects = refsOf(rows.filter(isFile).map((row) => row.object));
    const gone = await call("object_delete", { bucket, objects, folders });
    const refs = refsOf(gone.objects);
    notify({
      text: words.files.deleted(rows.length === 1 ? rows.map(rowName) : [], rows.length === 1 ? 1 : refs.length),
      undo: () => call("object_restore", { bucket, objects: refs }),
      redo: () => call("object_delete", { bucket, objects: refs }),
    });
  });
}

/** Everything in the given rows, folders opened up, each with the folder it would go to below `target`. */
async function placesBelow(bucket: string, rows: readonly Row[], target: string): Promise<Map<string, ObjectInfo[]>> {
  const places = new Map<string, ObjectInfo[]>();
  const put = (folder: string, object: ObjectInfo): void => {
    places.set(folder, [...(places.get(folder) ?? []), object]);
  };
  for (const row of rows) {
    if (isFile(row)) put(target, row.object);
    else {
      const { path } = row.folder;
      const above = path.slice(0, path.lastIndexOf("/") + 1);
      for (const object of await everythingIn(bucket, path))
        put(join(target, object.folder.slice(above.length)), object);
    }
  }
  return places;
}

/** Every object in a folder and below it. */
export async function everythingIn(bucket: string, path: string): Promise<ObjectInfo[]> {
  const found: ObjectInfo[] = [];
  let after: string | null = null;
  do {
    const page: ObjectPage = await call("object_list", {
      bucket,
      glob: `${path}/**`,
      limit: 1000,
      ...(after === null ? {} : { after }),
    });
    found.push(...page.objects);
    after = page.next;
  } while (after !== null);
  return found;
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** Moves rows into a folder; folders move with all that is in them. */
export function moveTo(bucket: string, rows: readonly Row[], target: string, targetName: string): Promise<boolean> {
  return attempt(async () => {
    const places = await placesBelow(bucket, rows, target);
    const former = new Map<string, ObjectRef[]>();
    const there = [...places].map(([folder, objects]) => {
      for (const object of objects) former.set(object.folder, [...(former.get(object.folder) ?? []), refOf(object)]);
      return [folder, refsOf(objects)] as const;
    });
    const all = async (groups: Iterable<readonly [string, ObjectRef[]]>): Promise<void> => {
      for (const [folder, objects] of groups) await call("object_move", { bucket, objects, folder });
    };
    await all(there);
    const files = [...places.values()].reduce((sum, objects) => sum + objects.length, 0);
    const names = rows.length === 1 ? rows.map(rowName) : [];
    notify({
      text: words.files.moved(names, rows.length === 1 ? 1 : files, targetName),
      undo: () => all(former),
      redo: () => all(there),
    });
  });
}

/** Makes an earlier version the current content. */
export function restoreVersion(object: ObjectInfo, version: VersionInfo, current: number): Promise<boolean> {
  return attempt(async () => {
    const to = (number: number) =>
      call("object_revert", { bucket: object.bucket, object: refOf(object), version: number });
    await to(version.number);
    notify({
      text: words.files.reverted(object.originalName, version.number),
      undo: () => to(current),
      redo: () => to(version.number),
    });
  });
}
