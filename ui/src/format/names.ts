/** How the engine calls what a person's file is called, for places that show or look for it before the engine was asked. */

/** The stored name: every run of other characters is one `_`, in small letters. */
export function storedName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]+/g, "_").toLowerCase();
}

/** The same for each folder of a path. */
export function storedFolder(path: string): string {
  return path.split("/").filter(Boolean).map(storedName).join("/");
}

/** Parts of a path put together; empty ones are none. */
export function joined(...parts: string[]): string {
  return parts.filter(Boolean).join("/");
}
