/** Results that wait for the others: one file per picture in the folder of the batch. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Job } from "../../batch/index.ts";
import type { AnnotatedImage } from "../../formats/index.ts";

/** The name of a job's file. */
export function partOf({ id }: Job): string {
  return `${id}.json`;
}

/** What is there of a batch, in its order. Only what this batch wrote lies in its folder. */
export async function* partsOf(
  folder: string,
  jobs: readonly Job[],
): AsyncGenerator<AnnotatedImage> {
  for (const job of jobs) yield JSON.parse(await readFile(join(folder, partOf(job)), "utf8"));
}
