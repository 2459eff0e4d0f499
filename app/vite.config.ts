/**
 * The annotator as one file: script, styles and worker all inside index.html, so that the same
 * file works from our server, from any static host and from a disk.
 */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  // The package is taken from its source, for development and for the build alike: the page can
  // then be built before, after or without the library, and never holds a stale copy of it.
  resolve: { alias: { maskwise: here("../src/index.ts") } },
  plugins: [viteSingleFile()],
  worker: { format: "iife" },
  build: {
    outDir: here("../dist/app"),
    emptyOutDir: true,
    target: "es2023",
    modulePreload: false,
  },
});
