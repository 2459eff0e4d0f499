/**
 * The annotator: script, styles and workers all inside index.html, and beside it the files that only
 * a network needs, its weights and ONNX Runtime. So the same folder works from our server and from
 * any static host, and the one file from a disk, with the model that needs no weights.
 */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What is fetched when it is needed, and kept by the browser: their names hold a hash. */
const BESIDE = /\.(?:wasm|safetensors)$/;

export default defineConfig({
  root: here("."),
  // The package is taken from its source, for development and for the build alike: the page can
  // then be built before, after or without the library, and never holds a stale copy of it.
  resolve: { alias: { maskwise: here("../src/index.ts") } },
  plugins: [viteSingleFile({ useRecommendedBuildConfig: false })],
  base: "./",
  worker: { format: "iife" },
  build: {
    outDir: here("../dist/app"),
    emptyOutDir: true,
    target: "es2023",
    modulePreload: false,
    assetsDir: "",
    assetsInlineLimit: (path) => !BESIDE.test(path),
    cssCodeSplit: false,
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
  },
});
