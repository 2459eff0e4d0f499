import { FormatError } from "../formats/index.ts";
import { type Model, type NetworkFile, networkModel, readNetworkFile } from "../models/index.ts";
import { readBytes } from "./readBytes.ts";

/**
 * The network of a `.safetensors` file, as `maskwise train` writes it, as a model.
 *
 *     const segmenter = await openPicture(picture, await openNetworkModel("mine.safetensors"), { run });
 *
 * @throws {Error} The file is missing.
 * @throws {FormatError} It is no network of Maskwise, or of another architecture than it says.
 */
export async function openNetworkModel(path: string): Promise<Model> {
  const { configuration, numbers } = await openNetworkFile(path);
  return networkModel(configuration, numbers);
}

/** What such a file holds; throws like `openNetworkModel`. */
export async function openNetworkFile(path: string): Promise<NetworkFile> {
  const bytes = await readBytes("openNetworkModel", path, "the weights of a network");
  try {
    return readNetworkFile(bytes);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new FormatError(`openNetworkModel: "${path}" cannot be used. ${cause.message}`, {
      cause,
    });
  }
}
