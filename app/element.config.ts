/**
 * `maskwise/element`: one module that holds all it needs, its worker too, and finds the weights and
 * ONNX Runtime where the page has left them. Built after the page, whose folder it adds nothing to:
 * equal files have equal names.
 */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { shared } from "./shared.config.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  ...shared,
  build: {
    ...shared.build,
    outDir: here("../dist"),
    emptyOutDir: false,
    assetsDir: "app",
    rolldownOptions: {
      input: { "element/index": here("src/element/index.ts") },
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: "[name].js",
      },
    },
  },
});
