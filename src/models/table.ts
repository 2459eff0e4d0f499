/** All models by name. A name is a promise: its constants never change once published. */

import { FormatError } from "../formats/formatError.ts";
import { colourModel } from "./colour/colour.ts";
import type { Model } from "./model.ts";
import { readNetworkFile } from "./network/networkFile.ts";
import { networkModel } from "./network/networkModel.ts";

export type ModelName = "small" | "colour";

/**
 * The bytes of a file of weights that comes with this package, such as `small.safetensors`, from
 * wherever it lies: `openModel` of `maskwise/node` reads it from the disk, a page fetches it.
 */
export type ReadWeights = (file: string) => Promise<Uint8Array>;

const models: Readonly<Record<ModelName, (readWeights: ReadWeights) => Promise<Model>>> = {
  small: (readWeights) => trained("small", readWeights),
  colour: async () => colourModel(),
};

export const modelNames: readonly ModelName[] = ["small", "colour"];

export const DEFAULT_MODEL: ModelName = "small";

/** Whether a model is a network with trained weights, which wants a fast device. */
export function isNetwork(name: string): boolean {
  return name === "small";
}

/**
 * The model of a name.
 *
 *     const small = await openModel("small", readWeights);
 *
 * @param readWeights Asked once where the model has weights, and not at all where it has none.
 * @throws {RangeError} When there is none of that name.
 * @throws {FormatError} When its weights are not there, damaged, or not those of this version.
 */
export async function openModel(name: string, readWeights: ReadWeights = nowhere): Promise<Model> {
  const known = modelNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new RangeError(`openModel: expected one of ${modelNames.join(", ")}, got "${name}".`);
  }
  return models[known](readWeights);
}

async function nowhere(file: string): Promise<never> {
  throw new TypeError(
    `Expected a function that reads "${file}", got none. Hand one in, or use openModel of maskwise/node.`,
  );
}

async function trained(name: ModelName, readWeights: ReadWeights): Promise<Model> {
  try {
    const { configuration, numbers } = readNetworkFile(await readWeights(`${name}.safetensors`));
    if (configuration.name !== name) {
      throw new FormatError(`Expected the network "${name}", got "${configuration.name}".`);
    }
    return networkModel(configuration, numbers);
  } catch (cause) {
    const { message } = cause as Error;
    throw new FormatError(
      `openModel: the weights of the model "${name}" cannot be used. ${message} They come with Maskwise: install it again, or choose the model "colour", which needs none.`,
      { cause },
    );
  }
}
