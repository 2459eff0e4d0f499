/** The loop over sets and objects: read in order, annotated by threads, reported in order. */

import { type Annotated, type DataSet, type Item, LeftOut, loadObject } from "../../data/index.ts";
import { type Sample, type SetReport, type Skipped, setReport } from "../../evaluate/index.ts";
import { randomNumbers } from "../../tensor/index.ts";

import type { Pool } from "./pool.ts";

export interface Looping {
  readonly pool: Pick<Pool, "annotate">;
  /** How many objects are worked on at a time. */
  readonly threads: number;
  /** Of each set, at most this many objects. */
  readonly max: number;
  /**
   * Whether an object that cannot be evaluated is an error; otherwise it is listed as skipped, as is
   * always what the set itself marks as something else than one object.
   */
  readonly strict: boolean;
  /** Objects that are done already. */
  readonly before: (set: string) => Pick<SetReport, "samples" | "skipped"> | undefined;
  /** Called when an object is begun, and when one is done. */
  readonly changed: (what: "began" | "done", set: string) => void | Promise<void>;
}

/** What came of a set so far. */
export interface Progressing {
  readonly name: string;
  /** In the order of the set, with holes where an object is not done. */
  readonly results: (Result | undefined)[];
}

type Result = { readonly sample: Sample } | { readonly skipped: Skipped };

/**
 * Evaluate sets, one after another.
 *
 * @param into Filled while it goes on, so that what was done can be told at any moment.
 * @throws {Error} The model fails; with `strict`, also where an object cannot be evaluated.
 */
export async function evaluateSets(
  sets: readonly DataSet[],
  looping: Looping,
  into: Progressing[],
): Promise<void> {
  for (const set of sets) {
    const progressing: Progressing = { name: set.name, results: [] };
    into.push(progressing);
    await evaluateSet(set, looping, progressing);
  }
}

/** The reports of sets so far; a set of which nothing was evaluated has none. */
export function setReports(progressing: readonly Progressing[]): Record<string, SetReport> {
  return Object.fromEntries(
    progressing.flatMap(({ name, results }) => {
      const done = results.filter((result) => result !== undefined);
      const samples = done.flatMap((one) => ("sample" in one ? [one.sample] : []));
      const skipped = done.flatMap((one) => ("skipped" in one ? [one.skipped] : []));
      if (samples.length === 0) return [];
      return [[name, setReport(samples, skipped, randomNumbers)]];
    }),
  );
}

async function evaluateSet(
  set: DataSet,
  looping: Looping,
  { results }: Progressing,
): Promise<void> {
  const before = doneBefore(looping.before(set.name));
  const names = new Set<string>();
  const pending = new Set<Promise<void>>();
  for await (const item of set.items()) {
    const place = names.size;
    if (place >= looping.max) break;
    if (names.has(item.id)) {
      throw new Error(
        `evaluate: expected objects of different names in ${set.name}, got "${item.id}" twice.`,
      );
    }
    names.add(item.id);
    results[place] = before.get(item.id);
    if (results[place] !== undefined) continue;
    await looping.changed("began", set.name);
    const task = evaluateItem(set.name, item, looping).then(async (result) => {
      results[place] = result;
      pending.delete(task);
      await looping.changed("done", set.name);
    });
    // Its failure is heard by whoever waits next; those beside it are none of their own.
    task.catch(() => {});
    pending.add(task);
    if (pending.size >= looping.threads) await Promise.race(pending);
  }
  await Promise.all(pending);
  checkAny(set.name, results);
}

/** A set of which nothing could be evaluated has no numbers, and must not be passed over in silence. */
function checkAny(set: string, results: readonly (Result | undefined)[]): void {
  if (results.some((result) => result !== undefined && "sample" in result)) return;
  const [first] = results;
  if (first === undefined || !("skipped" in first)) {
    throw new Error(`evaluate: expected objects in ${set}, got none at all.`);
  }
  const { id, reason } = first.skipped;
  throw new Error(
    `evaluate: expected objects in ${set}, got none that can be evaluated. ${id}: ${reason}`,
  );
}

async function evaluateItem(set: string, item: Item, { pool, strict }: Looping): Promise<Result> {
  const { id } = item;
  let loaded: Annotated;
  try {
    loaded = await loadObject(item);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (strict && !(error instanceof LeftOut))
      throw new Error(`evaluate: ${set} ${id}: ${reason}`, { cause: error });
    return { skipped: { id, reason } };
  }
  return { sample: await pool.annotate({ set, id, ...loaded }) };
}

function doneBefore(set: Pick<SetReport, "samples" | "skipped"> | undefined): Map<string, Result> {
  const samples = (set?.samples ?? []).map((sample) => [sample.id, { sample }] as const);
  const skipped = (set?.skipped ?? []).map((one) => [one.id, { skipped: one }] as const);
  return new Map<string, Result>([...samples, ...skipped]);
}
