/** Starts the page: gives it its host, then shows it. */
import { mount } from "svelte";
import App from "./App.svelte";
import { setHost } from "./app/host";
import type { Host } from "./host/host";
import { tauriHost } from "./host/tauri";
import "./styles/index.css";

async function chooseHost(): Promise<Host> {
  const wish = new URLSearchParams(location.search);
  // The first half is decided when the page is built, so the stand-in is no part of what people get.
  if (import.meta.env.MODE !== "production" && wish.has("fake")) {
    const { fakeHost } = await import("./host/fake");
    return fakeHost({ sample: wish.get("fake") !== "empty" });
  }
  return tauriHost();
}

setHost(await chooseHost());
mount(App, { target: document.getElementById("app")! });
