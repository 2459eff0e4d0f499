/** All models by name. A name is a promise: its constants never change once published. */

import { colourModel } from "./colour/colour.ts";
import type { Model } from "./model.ts";

export type ModelName = "colour";

const models: Readonly<Record<ModelName, Model>> = { colour: colourModel() };

export const modelNames: readonly ModelName[] = ["colour"];

export const DEFAULT_MODEL: ModelName = "colour";

/**
 * The model of a name.
 *
 * @throws {RangeError} When there is none of that name.
 */
export function model(name: string): Model {
  const known = modelNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new RangeError(`model: expected one of ${modelNames.join(", ")}, got "${name}".`);
  }
  return models[known];
}
