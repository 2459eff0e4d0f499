/** Serve the pages with `npx vite examples/browser`; the package is taken from its source. */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  resolve: {
    alias: [
      { find: "maskwise/element", replacement: here("../../app/src/element/index.ts") },
      { find: /^maskwise\/(\w+)$/, replacement: here("../../src/$1/index.ts") },
      { find: "maskwise", replacement: here("../../src/index.ts") },
    ],
  },
  // Its bundle finds its WebAssembly beside itself, which bundling it once more would break.
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  worker: { format: "iife" },
  build: {
    target: "es2023",
    rolldownOptions: {
      input: ["index", "element", "learning", "evaluation"].map((page) => here(`${page}.html`)),
    },
  },
});
