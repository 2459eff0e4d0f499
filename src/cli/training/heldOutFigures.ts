/** How good a network in training is: the evaluator's loop on pictures that are held out of it. */

import { type Drawn, drawObject } from "../../data/index.ts";
import { annotate, type Sample, sampleOf, summary } from "../../evaluate/index.ts";
import { type NetworkConfiguration, networkModel } from "../../models/index.ts";
import type { Device } from "../../runtime/index.ts";
import { openPicture } from "../../session/index.ts";
import { randomNumbers } from "../../tensor/index.ts";
import { type Recipe, type Split, seedAt, type Tensors } from "../../train/index.ts";
import type { HeldOutFigures } from "./runFolder.ts";

export interface Look {
  /** Steps done. */
  readonly step: number;
  readonly configuration: NetworkConfiguration;
  readonly weights: Tensors;
  /** Where it is run; what it keeps of these weights is gone when it is disposed of. */
  readonly device: Device;
  readonly now: () => number;
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

export async function heldOutFigures(
  objects: readonly Drawn[],
  { evaluation }: Recipe,
  { step, configuration, weights, device, now }: Look,
): Promise<HeldOutFigures> {
  const model = networkModel(configuration, weights);
  const { run } = device;
  const samples: Sample[] = [];
  for (const { id, ...object } of objects) {
    const annotation = await annotate(object, (picture) => openPicture(picture, model, { run }), {
      clicks: evaluation.clicks,
      now,
    });
    samples.push(sampleOf(id, annotation));
  }
  const { miou, noc } = summary(samples);
  return { step, objects: samples.length, miou, noc };
}
