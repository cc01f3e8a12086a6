/** A disk for the stand-in: files and folders by path, with what may be wrong with them. */
import type { ErrorCode } from "../../bindings/wire";

export interface DiskFile {
  path: string;
  size: number;
  mediaType?: string;
  /** Why it cannot be read, if so. */
  trouble?: { code: ErrorCode; reason: string; advice: string };
}

/** A file found beneath a path that was given. */
export interface Found extends DiskFile {
  /** The folders between the given path and the file, as they are called. */
  into: string;
  name: string;
}

export class Disk {
  #files = new Map<string, DiskFile>();

  add(...files: DiskFile[]): void {
    for (const file of files) this.#files.set(file.path, file);
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  isFolder(path: string): boolean {
    return !this.#files.has(path) && [...this.#files.keys()].some((other) => other.startsWith(`${path}/`));
  }

  /** Everything at or beneath a path; a path that is not there comes back as a trouble. */
  walk(path: string): Found[] {
    const whole = path.split("/").at(-1) ?? path;
    const file = this.#files.get(path);
    if (file) return [{ ...file, into: "", name: whole }];
    const found: Found[] = [];
    for (const other of this.#files.values()) {
      if (!other.path.startsWith(`${path}/`)) continue;
      const parts = other.path.slice(path.length + 1).split("/");
      found.push({ ...other, into: [whole, ...parts.slice(0, -1)].join("/"), name: parts.at(-1)! });
    }
    if (found.length > 0) return found.sort((a, b) => (a.path < b.path ? -1 : 1));
    const trouble = {
      code: "source_missing" as const,
      reason: `${whole} is no longer there.`,
      advice: "Look where it went and add it again.",
    };
    return [{ path, size: 0, into: "", name: whole, trouble }];
  }
}
