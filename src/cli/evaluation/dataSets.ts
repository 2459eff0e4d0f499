/** Data sets as the evaluation sees them: names, and objects that are read when their turn comes. */

import type { Truth } from "../../clicks/index.ts";
import { type EvaluationRow, evaluationRows, evaluationSamples } from "../../data/index.ts";
import type { Picture } from "../../image/index.ts";
import { dataFiles } from "../../node/index.ts";

/** One object of a set. */
export interface Item {
  /** Its name, unlike all others in its set. */
  readonly id: string;
  /** Reads picture and truth; rejects where they are not what they should be. */
  load(): Promise<{ readonly picture: Picture; readonly truth: Truth }>;
}

/** A set whose items come one after another, so that its index need not fit into memory. */
export interface DataSet {
  readonly name: string;
  /** How many items there are, where that is known beforehand. */
  readonly count: number | undefined;
  items(): AsyncIterable<Item> | Iterable<Item>;
}

/**
 * The sets in a folder with an `index.json`.
 *
 * @throws {Error} There is no such folder or index.
 * @throws {FormatError} The index is damaged, or names an object twice.
 */
export async function dataSetsOf(folder: string): Promise<readonly DataSet[]> {
  const files = dataFiles(folder);
  const rows = await evaluationRows(files);
  return [...new Set(rows.map(({ set }) => set))].map((name) => {
    const of = rows.filter(({ set }) => set === name);
    return {
      name,
      count: of.length,
      items: () => of.map((row) => ({ id: row.id, load: () => load(row) })),
    };
  });

  async function load(row: EvaluationRow) {
    for await (const { picture, truth } of evaluationSamples([row], files)) {
      return { picture, truth };
    }
    throw new Error(`evaluate: expected a sample of ${row.id}, got none.`);
  }
}

/**
 * Those sets that were asked for, in that order.
 *
 * @param usage Called with what is wrong about the names; does not return.
 */
export function chosenSets(
  sets: readonly DataSet[],
  names: readonly string[] | undefined,
  usage: (message: string) => never,
): readonly DataSet[] {
  if (names === undefined) return sets;
  return names.map((name) => {
    const found = sets.find((set) => set.name === name);
    const there = sets.map((set) => set.name).join(", ") || "no set at all";
    return found ?? usage(`--set: expected one of those that are there (${there}), got "${name}".`);
  });
}
