/** The desktop window: the only file that knows Tauri. Everything goes through our own commands; no core permission is needed. */
import { Channel, invoke } from "@tauri-apps/api/core";
import type { ArchiveProgress, Exported, Imported, Ingested, Transfer } from "../bindings/wire";
import type { Host, Signal, Status } from "./host";

export function tauriHost(): Host {
  const listeners = new Set<(signal: Signal) => void>();
  const channel = new Channel<Signal>((signal) => {
    for (const listener of listeners) listener(signal);
  });
  void invoke("subscribe", { channel });

  return {
    local: true,
    call: (name, request) => invoke("run_command", { name, payload: request }),
    ingest: (request, progress) => {
      const reports = new Channel<Transfer>(progress);
      return invoke<Ingested>("ingest", { request, reports });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    status: () => invoke<Status>("status"),
    pickFiles: () => invoke<string[]>("pick_files"),
    pickFolders: () => invoke<string[]>("pick_folders"),
    openObject: (bucket, object) => invoke("open_object", { bucket, object }),
    editObject: (bucket, object) => invoke("edit_object", { bucket, object }),
    saveAs: (bucket, objects) => invoke<number | null>("save_as", { bucket, objects }),
    copyText: (text) => invoke("copy_text", { text }),
    openLink: (url) => invoke("open_link", { url }),
    setUnsaved: (unsaved) => invoke("set_unsaved", { unsaved }),
    closeWindow: () => invoke("close_window"),
    archives: {
      export(request, progress) {
        const reports = new Channel<ArchiveProgress>(progress);
        return invoke<Exported | null>("export_workspace", { request, reports });
      },
      import(request, progress) {
        const reports = new Channel<ArchiveProgress>(progress);
        return invoke<Imported | null>("import_workspace", { request, reports });
      },
      stop: () => invoke("stop_archive"),
    },
  };
}
