/** Files and folders dropped on the page, told of like those dropped on the window. */
import type { DropSignal } from "../host";
import type { Given, Sources } from "./sources";

/** While files hover, browsers say so a few times a second; after this long in silence, in milliseconds, they have gone. */
const GONE = 1500;

/** Tells of drags of files from outside. Returns the way to stop. */
export function watchDrops(sources: Sources, tell: (signal: DropSignal) => void): () => void {
  /** What is dragged from the page itself, such as a picture, is no file that comes in. */
  let ours = false;
  let inside = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const stop = new AbortController();

  function on<K extends "dragstart" | "dragend" | "dragenter" | "dragover" | "dragleave" | "drop">(
    kind: K,
    act: (event: DragEvent) => unknown,
  ): void {
    addEventListener(kind, (event) => void act(event), { signal: stop.signal });
  }
  /** The drag is over, however it ended: some browsers do not tell of one that the person broke off. */
  function end(): void {
    clearTimeout(silence);
    if (inside) tell({ kind: "drag", phase: "leave" });
    inside = false;
  }
  function hover(event: DragEvent): void {
    if (!ofFiles(event)) return;
    event.preventDefault();
    const { clientX: x, clientY: y } = event;
    // Names come with the drop only.
    tell(inside ? { kind: "drag", phase: "over", x, y } : { kind: "drag", phase: "enter", paths: [], x, y });
    inside = true;
    clearTimeout(silence);
    silence = setTimeout(end, GONE);
  }
  const ofFiles = ({ dataTransfer }: DragEvent) => !ours && (dataTransfer?.types.includes("Files") ?? false);

  on("dragstart", () => (ours = true));
  on("dragend", () => (ours = false));
  on("dragenter", hover);
  on("dragover", hover);
  on("dragleave", (event) => {
    if (event.relatedTarget === null) end();
  });
  on("drop", async (event) => {
    if (!ofFiles(event)) return;
    event.preventDefault();
    end();
    const { clientX: x, clientY: y } = event;
    const paths = sources.add(await given(event.dataTransfer));
    tell({ kind: "drag", phase: "enter", paths, x, y });
    tell({ kind: "drag", phase: "drop", paths, x, y });
  });
  return () => {
    clearTimeout(silence);
    stop.abort();
  };
}

/** All files of a drop. What it holds can be asked for during the event only, so that comes first. */
async function given(transfer: DataTransfer | null): Promise<Given[]> {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === "file");
  const held = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = await Promise.all(
    held.map(({ entry, file }) => (entry ? below(entry) : file ? [{ path: file.name, file }] : [])),
  );
  return found.flat();
}

async function below(entry: FileSystemEntry): Promise<Given[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isFile(entry)) return [{ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) }];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Given[] = [];
  for (;;) {
    // It gives some at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(below))).flat());
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
