/** Starts the page: gives it its host, then shows it. */
import { mount } from "svelte";
import App from "./App.svelte";
import { setHost } from "./app/host";
import type { Host } from "./host/host";
import { tauriHost } from "./host/tauri";
import "./styles/index.css";

const target = document.getElementById("app")!;

function show(host: Host): void {
  setHost(host);
  mount(App, { target });
}

async function start(): Promise<void> {
  const wish = new URLSearchParams(location.search);
  // The first half is decided when the page is built, so the stand-in is no part of what people get.
  if (import.meta.env.MODE !== "production" && wish.has("fake")) {
    const { fakeHost } = await import("./host/fake");
    return show(fakeHost({ sample: wish.get("fake") !== "empty" }));
  }
  if ("__TAURI_INTERNALS__" in window) return show(tauriHost());
  // The window does not wait for what only browsers need.
  const { signedIn } = await import("./app/signIn");
  show(await signedIn(target));
}

await start();
