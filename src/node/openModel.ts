import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { FormatError } from "../formats/index.ts";
import {
  DEFAULT_MODEL,
  type Model,
  networkModel,
  openModel as openNamedModel,
  readNetworkFile,
} from "../models/index.ts";
import { readBytes } from "./readBytes.ts";

/**
 * A model by its name, with the weights that come with this package, or the network of a
 * `.safetensors` file, as `maskwise train` writes it.
 *
 *     const model = await openModel(); // the default, or "colour", or "mine.safetensors"
 *
 * @throws {RangeError} No such name.
 * @throws {Error} The file is missing.
 * @throws {FormatError} It is no network of Maskwise, or of another architecture than it says; the
 *   package's own weights are missing or damaged.
 */
export async function openModel(nameOrFile: string = DEFAULT_MODEL): Promise<Model> {
  if (!isWeights(nameOrFile)) return openNamedModel(nameOrFile, packagedWeights);
  const bytes = await readBytes("openModel", nameOrFile, "the weights of a network");
  try {
    const { configuration, numbers } = readNetworkFile(bytes);
    return networkModel(configuration, numbers);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new FormatError(`openModel: "${nameOrFile}" cannot be used. ${cause.message}`, { cause });
  }
}

/** Whether a model is called by the file of its weights. */
export function isWeights(nameOrFile: string): boolean {
  return extname(nameOrFile).toLowerCase() === ".safetensors";
}

/** From the folder `weights` of the package, which lies two up from here, compiled or not. */
function packagedWeights(file: string): Promise<Uint8Array> {
  const path = fileURLToPath(new URL(`../../weights/${file}`, import.meta.url));
  return readBytes("openModel", path, "weights");
}
