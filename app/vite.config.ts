/**
 * The annotator: script, styles and workers all inside index.html, and beside it the files that only
 * a network needs, its weights and ONNX Runtime. So the same folder works from our server and from
 * any static host, and the one file from a disk, with the model that needs no weights.
 */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { shared } from "./shared.config.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  ...shared,
  plugins: [viteSingleFile({ useRecommendedBuildConfig: false })],
  build: {
    ...shared.build,
    outDir: here("../dist/app"),
    emptyOutDir: true,
    assetsDir: "",
    cssCodeSplit: false,
  },
});
