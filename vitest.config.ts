import { defineConfig } from "vitest/config";

const alias = {
  "maskwise/attention": new URL("./src/attention/index.ts", import.meta.url).pathname,
  "maskwise/graph": new URL("./src/graph/index.ts", import.meta.url).pathname,
  "maskwise/nn": new URL("./src/nn/index.ts", import.meta.url).pathname,
  "maskwise/train": new URL("./src/train/index.ts", import.meta.url).pathname,
  "maskwise/node": new URL("./src/node/index.ts", import.meta.url).pathname,
  maskwise: new URL("./src/index.ts", import.meta.url).pathname,
};

export default defineConfig({
  resolve: { alias },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "house",
          include: ["src/**/*.test.ts", "app/src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/app/**"],
        },
      },
      // The annotator in a real browser, one file at a time: browsers share the machine badly.
      {
        extends: true,
        test: { name: "app", include: ["test/app/**/*.test.ts"], fileParallelism: false },
      },
    ],
  },
});
