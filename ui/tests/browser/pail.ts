/** The real server with the built page, on a home of its own, for specs of the page in a browser. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export interface Pail {
  url: string;
  /** A key that may do everything. */
  key: string;
  /** Runs the command line beside the server. What it prints. */
  run: (...words: string[]) => string;
  stop: () => Promise<void>;
}

/** Starts it on a free port. */
export async function startPail(): Promise<Pail> {
  const program =
    process.env["PAIL_BIN"] ?? join(process.env["CARGO_TARGET_DIR"] ?? join(ROOT, "target"), "debug/pail");
  if (!existsSync(program)) throw new Error("Build the server first: scripts/page, then cargo build -p pail.");
  const home = mkdtempSync(join(tmpdir(), "pail-"));
  const run = (...words: string[]) =>
    execFileSync(program, ["--home", home, ...words], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    }).trim();
  const key = run("key", "create", "browser", "--privilege", "admin");
  const server = spawn(program, ["--home", home, "serve", "--ui", "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await addressOf(server);
  return {
    ...{ url, key, run },
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The address that it prints once it listens. */
async function addressOf(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout! })) {
    const [address] = /http:\/\/\S+/.exec(line) ?? [];
    if (address) return address.replace(/[/.]+$/, "");
  }
  throw new Error("The server ended before it listened.");
}
