import { FormatError, readSafetensors } from "../../formats/index.ts";
import { fromMobileNet, type NetworkConfiguration, network } from "../../models/index.ts";
import { initialise, parametersByPath } from "../../nn/index.ts";
import { openNetworkFile, readBytes } from "../../node/index.ts";
import { randomNumbers } from "../../tensor/index.ts";
import type { Tensors } from "../../train/index.ts";

/** Files to begin with, in place of random numbers. */
export interface Beginnings {
  /** Weights of the whole network, by name or file. */
  readonly start?: string | undefined;
  /** A MobileNetV2, for its convolutional stages. */
  readonly encoder?: string | undefined;
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
  const { parameters } = network(configuration);
  if (start !== undefined) return startingWeights(configuration, start);
  const random = initialise(parameters, randomNumbers(seed));
  if (encoder === undefined) return random;
  const { tensors } = readSafetensors(await readBytes("train", encoder, "an encoder"));
  return { ...random, ...fromMobileNet(configuration, tensors) };
}

/** Networks whose weights are alike may begin with each other's, such as those with other step counts. */
async function startingWeights(
  configuration: NetworkConfiguration,
  path: string,
): Promise<Tensors> {
  const file = await openNetworkFile(path);
  const [wanted, got] = [configuration, file.configuration].map((one) =>
    JSON.stringify(axesByPath(one)),
  );
  if (wanted === got) return file.numbers;
  throw new FormatError(
    `--start: expected weights that fit the network ${configuration.name}, got those of ${file.configuration.name} in "${path}". Name weights of the recipe's network.`,
  );
}

function axesByPath(configuration: NetworkConfiguration) {
  const all = Object.entries(parametersByPath(network(configuration).parameters));
  return all.map(([path, { axes }]) => [path, axes]);
}
