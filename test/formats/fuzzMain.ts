/**
 * Fuzz the annotation formats for as long as one likes.
 *
 *     npm run fuzz -- --cases 10000 --from 1 --format coco
 *
 * Prints for each format how many damaged data sets were read and refused, and how long the slowest
 * took. Ends with 1 where something else happened, and says the number of the case.
 */

import { parseArgs } from "node:util";
import { type AnnotationFormatName, annotationFormatNames } from "../../src/formats/index.ts";
import { fuzzArchive, fuzzCase } from "./fuzz.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    format: { type: "string", multiple: true, default: [...annotationFormatNames, "zip"] },
  },
});

const [cases, from] = [Number(values.cases), Number(values.from)];
let harm = 0;
for (const format of values.format) {
  let [read, slowest, slowestSeed] = [0, 0, 0];
  for (let seed = from; seed < from + cases; seed++) {
    try {
      const { isRead, ms } =
        format === "zip"
          ? { isRead: await fuzzArchive(seed), ms: 0 }
          : await fuzzCase(format as AnnotationFormatName, seed, () => performance.now());
      if (isRead) read++;
      if (ms > slowest) [slowest, slowestSeed] = [ms, seed];
    } catch (error) {
      harm++;
      console.error(`${format}, case ${seed}:`, error);
    }
  }
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(
    `${format}: ${cases} cases, ${read} read, ${cases - read} refused; slowest ${Math.round(slowest)} ms (case ${slowestSeed}); ${megabytes} MB`,
  );
}
process.exitCode = harm > 0 ? 1 : 0;
