/** What the page and the element are built alike with. */

import { fileURLToPath } from "node:url";
import type { UserConfig } from "vite";

/** What is fetched when it is needed, and kept by the browser: their names hold a hash. */
const BESIDE = /\.(?:wasm|mjs|safetensors)$/;

interface Shared extends UserConfig {
  readonly build: NonNullable<UserConfig["build"]>;
}

export const shared: Shared = {
  // The package is taken from its source, for development and for the build alike: the page can
  // then be built before, after or without the library, and never holds a stale copy of it.
  resolve: { alias: { maskwise: fileURLToPath(new URL("../src/index.ts", import.meta.url)) } },
  base: "./",
  worker: { format: "iife" },
  build: {
    target: "es2023",
    modulePreload: false,
    assetsInlineLimit: (path) => !BESIDE.test(path),
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
  },
};
