/** One object, drawn: an origin by its weight, one of its pictures, one of the things in that. */

import { IGNORE } from "../../clicks/truth.ts";
import { FormatError } from "../../formats/formatError.ts";
import { type Annotated, LeftOut } from "../dataSet.ts";
import { truthOfLabel } from "../maskConventions.ts";
import type { Collection, Labelled } from "./collection.ts";

/** A collection, and how often it is drawn from: weights count relative to each other. */
export interface Source {
  readonly collection: Collection;
  /** > 0. */
  readonly weight: number;
}

export interface Drawn extends Annotated {
  /** Collection, picture and label: `duts/cat_17#1`. */
  readonly id: string;
}

/** Told what is wrong with a picture that was drawn and passed over. */
export type Told = (id: string, reason: string) => void;

/** Things of fewer pixels are not drawn: no one can click on them and mean them. */
const LEAST_PIXELS = 16;

/** So many pictures in a row that hold nothing are no accident. */
const MOST_FAILURES = 50;

/**
 * Draw an object; all its pictures and things are alike in probability within their collection.
 *
 * @param random Uniform in [0, 1), seeded.
 * @param told   What cannot be read, or has no object, is told and passed over.
 * @throws {FormatError} Nothing to draw from, or nothing but such pictures.
 */
export async function drawObject(
  sources: readonly Source[],
  random: () => number,
  told: Told,
): Promise<Drawn> {
  const filled = sources.filter(({ collection }) => collection.ids.length > 0);
  if (filled.length === 0) {
    throw new FormatError("drawObject: expected pictures to draw from, got none.");
  }
  let problem = "";
  for (let failures = 0; failures < MOST_FAILURES; failures++) {
    const { collection } = weighted(filled, random);
    const index = Math.floor(random() * collection.ids.length);
    const id = `${collection.name}/${collection.ids[index]}`;
    const share = random();
    try {
      const { picture, labels } = await collection.load(index);
      const label = thing(labels, share);
      return { id: `${id}#${label}`, picture, truth: truthOfLabel(labels, label) };
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof LeftOut)) throw error;
      problem = `${id}: ${error.message}`;
      told(id, error.message);
    }
  }
  throw new FormatError(
    `drawObject: expected a picture with an object, got none in ${MOST_FAILURES} draws. The last was ${problem}`,
  );
}

function weighted(sources: readonly Source[], random: () => number): Source {
  const total = sources.reduce((sum, { weight }) => sum + weight, 0);
  let rest = random() * total;
  for (const source of sources) {
    rest -= source.weight;
    if (rest < 0) return source;
  }
  return sources[sources.length - 1];
}

function thing({ data }: Labelled["labels"], share: number): number {
  const counts = new Int32Array(256);
  for (let at = 0; at < data.length; at++) counts[data[at]]++;
  counts[0] = 0;
  counts[IGNORE] = 0;
  const things = [...counts.keys()].filter((label) => counts[label] >= LEAST_PIXELS);
  if (things.length === 0) {
    throw new FormatError(
      `expected an object of at least ${LEAST_PIXELS} pixels in the mask, got none.`,
    );
  }
  return things[Math.floor(share * things.length)];
}
