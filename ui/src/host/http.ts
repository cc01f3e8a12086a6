/**
 * The page in a browser, from `pail serve --ui`: commands, events and uploads over HTTP, with the person's key. It is not on
 * the machine that Pail runs on, so what opens files with the system's programs is left out.
 */
import type { ObjectDetail, ObjectRef, SignedLink, Workspace } from "../bindings/wire";
import { choose } from "./http/chooser";
import { copyText } from "./http/clipboard";
import { apiError, Door } from "./http/door";
import { watchDrops } from "./http/dropped";
import { listen } from "./http/listen";
import { look } from "./http/look";
import { Sources } from "./http/sources";
import { Uploads } from "./http/uploads";
import type { Answer, CommandName, Host, Request, Signal } from "./host";
import { words } from "../i18n";

/** Seconds: a link by which the page itself opens or downloads a file. */
const LIFE = 900;

/** A host for whoever has this key. Rejects with an `ApiError` if it opens nothing; `leave` is called by signing out. */
export async function httpHost(key: string, leave: () => void): Promise<Host> {
  const door = new Door(key);
  await door.command("workspace_show", {});
  const sources = new Sources();
  const uploads = new Uploads(door, sources);
  let unsaved = false;
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  async function call<C extends CommandName>(name: C, request: Request<C>): Promise<Answer<C>> {
    if (name === "preflight") return look(sources, request as Request<"preflight">) as Answer<C>;
    if (name === "transfer_cancel" && uploads.cancel(request as Request<"transfer_cancel">)) return {} as Answer<C>;
    return here(await door.command(name, request)) as Answer<C>;
  }

  async function sign(bucket: string, object: ObjectRef, download?: string): Promise<string> {
    const request = { bucket, object, seconds: LIFE, ...(download === undefined ? {} : { download }) };
    return (await call("link_sign", request)).path;
  }

  return {
    local: false,
    call,
    ingest: (request, progress) => uploads.ingest(request, progress),
    subscribe(listener: (signal: Signal) => void) {
      const stops = [listen(door, (events) => listener({ kind: "changes", events })), watchDrops(sources, listener)];
      return () => stops.forEach((stop) => stop());
    },
    status: () => Promise.resolve({ server: location.origin, notice: null }),
    pickFiles: async () => sources.add(await choose(false)),
    pickFolders: async () => sources.add(await choose(true)),
    openObject: async (bucket, object) => open(`/${await sign(bucket, object)}`),
    editObject: () => Promise.reject(apiError("forbidden", words.browser.notHere)),
    async saveAs(bucket, objects) {
      for (const object of objects) {
        const { originalName } = ((await call("object_show", { bucket, object })) as ObjectDetail).object;
        download(`/${await sign(bucket, object, originalName)}`);
      }
      // Where they go, and how far they are, is between the person and the browser.
      return null;
    },
    copyText,
    openLink: (url) => Promise.resolve(open(url)),
    setUnsaved: (next) => Promise.resolve(void (unsaved = next)),
    closeWindow: () => Promise.resolve(),
    leave,
  };
}

/** Links begin as the person has reached the server, whatever it calls itself. */
function here(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(here);
  if (typeof answer !== "object" || answer === null) return answer;
  if ("url" in answer && "path" in answer) {
    const link = answer as SignedLink;
    return { ...link, url: `${location.origin}/${link.path}` };
  }
  if ("server" in answer) return { ...(answer as Workspace), server: location.origin };
  return answer;
}

function open(url: string): void {
  window.open(url, "_blank", "noopener");
}

function download(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}
