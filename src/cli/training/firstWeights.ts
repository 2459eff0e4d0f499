import { readSafetensors } from "../../formats/index.ts";
import { fromMobileNet, type NetworkConfiguration, network } from "../../models/index.ts";
import { initialise } from "../../nn/index.ts";
import { readBytes } from "../../node/index.ts";
import { randomNumbers } from "../../tensor/index.ts";
import { readWeights, type Tensors } from "../../train/index.ts";

/** Files to begin with, in place of random numbers. */
export interface Beginnings {
  /** Weights of the whole network. */
  readonly start?: string;
  /** A MobileNetV2, for its convolutional stages. */
  readonly encoder?: string;
}

/**
 * Weights before the first step.
 *
 * @throws {Error} A file cannot be read, or is of another network.
 */
export async function firstWeights(
  configuration: NetworkConfiguration,
  seed: number,
  { start, encoder }: Beginnings,
): Promise<Tensors> {
  const { name, parameters } = network(configuration);
  if (start !== undefined) {
    return readWeights(await readBytes("train", start, "weights"), { name, parameters });
  }
  const random = initialise(parameters, randomNumbers(seed));
  if (encoder === undefined) return random;
  const { tensors } = readSafetensors(await readBytes("train", encoder, "an encoder"));
  return { ...random, ...fromMobileNet(configuration, tensors) };
}
