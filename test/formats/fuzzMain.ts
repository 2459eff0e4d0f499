/**
 * Fuzz the annotation formats for as long as one likes.
 *
 *     npm run fuzz -- --cases 10000 --from 1 --format coco
 *
 * Prints for each format how many damaged data sets were read and refused, and how long the slowest
 * took. Ends with 1 where something else happened, and says the number of the case.
 */

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type AnnotationFormatName, annotationFormatNames } from "../../src/formats/index.ts";
import { fuzzArchive, fuzzCase, fuzzPicture, type Outcome } from "./fuzz.ts";

const golden: Readonly<Record<string, readonly { base64: string }[]>> = JSON.parse(
  readFileSync(new URL("golden/samples.json", import.meta.url), "utf8"),
);

/** What is fuzzed beside the formats of annotations, by name. */
const OTHERS: Readonly<Record<string, (seed: number) => Promise<boolean>>> = {
  zip: fuzzArchive,
  dicom: (seed) => fuzzPicture(instrument("dicom", seed), seed),
  tiff: (seed) => fuzzPicture(instrument("tiff", seed), seed),
};

function instrument(kind: string, seed: number): Uint8Array {
  const files = golden[kind];
  return new Uint8Array(Buffer.from(files[seed % files.length].base64, "base64"));
}

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    format: {
      type: "string",
      multiple: true,
      default: [...annotationFormatNames, ...Object.keys(OTHERS)],
    },
  },
});

async function outcomeOf(format: string, seed: number): Promise<Outcome> {
  const now = () => performance.now();
  const other = OTHERS[format];
  if (other === undefined) return fuzzCase(format as AnnotationFormatName, seed, now);
  const before = now();
  const isRead = await other(seed);
  return { isRead, ms: now() - before };
}

const [cases, from] = [Number(values.cases), Number(values.from)];
let harm = 0;
for (const format of values.format) {
  let [read, slowest, slowestSeed] = [0, 0, 0];
  for (let seed = from; seed < from + cases; seed++) {
    try {
      const { isRead, ms } = await outcomeOf(format, seed);
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
