/** How good a network in training is: the evaluator's loop on pictures that are held out of it. */

import { nextClick } from "../../clicks/index.ts";
import { type Drawn, drawObject } from "../../data/index.ts";
import { annotate, type NextClick, type Sample, sampleOf, summary } from "../../evaluate/index.ts";
import { network, networkModel } from "../../models/index.ts";
import { type DeviceName, openDevice } from "../../node/index.ts";
import { openPicture } from "../../session/index.ts";
import { randomNumbers } from "../../tensor/index.ts";
import {
  configurationOf,
  type Recipe,
  type Split,
  type Standing,
  seedAt,
  weightsOf,
} from "../../train/index.ts";
import type { HeldOutFigures } from "./runFolder.ts";

export interface Looking {
  /** Of the recipe, `heldOutObjects`. */
  readonly objects: readonly Drawn[];
  readonly recipe: Recipe;
  readonly device: DeviceName;
  readonly now: () => number;
  /** Ends a look before its next click. */
  readonly signal: AbortSignal;
  /** Called after each object. */
  readonly done: () => void;
}

/** The objects that a recipe's network is looked at with: the same in every look, none twice. */
export async function heldOutObjects(
  { seed, evaluation }: Recipe,
  { heldOut }: Split,
): Promise<readonly Drawn[]> {
  const objects = new Map<string, Drawn>();
  if (heldOut.length === 0) return [];
  const random = randomNumbers(seedAt(seed));
  for (let draw = 0; draw < evaluation.objects; draw++) {
    const object = await drawObject(heldOut, random, () => {});
    objects.set(object.id, object);
  }
  return [...objects.values()];
}

/** A look at a run where it stands; `undefined` where it was ended before its end. */
export async function heldOutFigures(
  { steps, state }: Standing,
  { objects, recipe, device, now, signal, done }: Looking,
): Promise<HeldOutFigures | undefined> {
  const configuration = configurationOf(recipe);
  const model = networkModel(configuration, weightsOf(state, network(configuration)));
  // Its own, so that graphs with these weights inside go with it.
  const own = await openDevice(device);
  const next: NextClick = (...seen) => {
    signal.throwIfAborted();
    return nextClick(...seen);
  };
  const options = { clicks: recipe.evaluation.clicks, next, now };
  const samples: Sample[] = [];
  try {
    for (const { id, ...object } of objects) {
      const open = (picture: typeof object.picture) =>
        openPicture(picture, model, { run: own.run, signal });
      samples.push(sampleOf(id, await annotate(object, open, options)));
      done();
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    await own.dispose();
  }
  const { miou, noc } = summary(samples);
  return { step: steps, objects: samples.length, miou, noc };
}
