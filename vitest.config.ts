import { availableParallelism } from "node:os";
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
          // Much of a file's time is spent waiting for programs that it has started.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 0 },
        },
      },
      // The annotator in a real browser, two at a time: browsers share a machine badly.
      {
        extends: true,
        test: {
          name: "app",
          include: ["test/app/**/*.test.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
