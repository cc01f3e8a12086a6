/** Builds the page. Fonts and scripts stay files of their own, as the content security policy takes no `data:` addresses. */
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 7246, strictPort: true },
  build: {
    target: ["chrome111", "safari16.4"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
