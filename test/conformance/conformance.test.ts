import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { executors } from "./executors.ts";
import { openPack } from "./pack.ts";
import { count, failure, newTally } from "./report.ts";
import { runPack } from "./runPack.ts";

const PACKS = "../shared/golden";

for (const name of ["public", "blocks-public"]) {
  const folder = `${PACKS}/${name}`;
  for (const executor of executors) {
    test.skipIf(!existsSync(folder))(
      `every supported expectation of the pack ${folder} (needed there) is met by the ${executor.name}`,
      async () => {
        const tally = newTally();
        const failures: string[] = [];
        for await (const result of runPack(openPack(folder), executor)) {
          count(tally, result);
          if (result.outcome === "failed") failures.push(failure(result));
        }
        expect(failures).toEqual([]);
        expect(tally.passed).toBeGreaterThan(0);
      },
      300_000,
    );
  }
}
