/**
 * Files that a browser gave. It tells no paths, so each batch has a folder of its own that is made up: `/3/Photos/a.jpg`.
 * The rest of the page works with these as with paths of the machine.
 */
import { joined } from "../../format/names";

/** A file as it was given, with its place in what was given: `a.jpg`, or `Photos/a.jpg` for one of a folder. */
export interface Given {
  path: string;
  file: File;
}

/** A file below a path. */
export interface Found {
  path: string;
  file: File;
  /** The folders between them, as the person's folders are called. */
  into: string;
}

export class Sources {
  #batch = 0;
  #files = new Map<string, File>();

  /** Takes a batch in. The paths of its files and folders, each once. */
  add(given: readonly Given[]): string[] {
    const top = `/${++this.#batch}`;
    for (const { path, file } of given) this.#files.set(`${top}/${path}`, file);
    return [...new Set(given.map(({ path }) => `${top}/${path.split("/")[0]}`))];
  }

  /** The file of that path, or every file of that folder. Nothing if it was never given. */
  under(path: string): Found[] {
    const file = this.#files.get(path);
    if (file) return [{ path, file, into: "" }];
    const folder = path.slice(path.lastIndexOf("/") + 1);
    return [...this.#files]
      .filter(([key]) => key.startsWith(`${path}/`))
      .map(([key, file]) => {
        const inside = key.slice(path.length + 1).split("/");
        return { path: key, file, into: joined(folder, ...inside.slice(0, -1)) };
      });
  }

  /** Whether it is a file rather than a folder. */
  isFile(path: string): boolean {
    return this.#files.has(path);
  }

  /** Lets go of a file that has come in. */
  forget(path: string): void {
    this.#files.delete(path);
  }
}
