import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { openExecutor, usualDevices } from "./executors.ts";
import { openPack } from "./pack.ts";
import { count, failure, newTally } from "./report.ts";
import { runPack } from "./runPack.ts";

const PACKS = "../shared/golden";

for (const name of ["public", "blocks-public"]) {
  const folder = `${PACKS}/${name}`;
  for (const device of usualDevices) {
    test.skipIf(!existsSync(folder))(
      `every supported expectation of the pack ${folder} (needed there) is met by ${device.name}`,
      async () => {
        const executor = await openExecutor(device);
        const tally = newTally();
        const failures: string[] = [];
        for await (const result of runPack(openPack(folder), executor)) {
          count(tally, result);
          if (result.outcome === "failed") failures.push(failure(result));
        }
        await executor.close();
        expect(failures).toEqual([]);
        expect(tally.passed).toBeGreaterThan(0);
      },
      300_000,
    );
  }
}
