/** Which model it was: by its name and, where it has weights, the hash of their file. */

import { createHash } from "node:crypto";
import { isNetwork } from "../models/index.ts";
import { isModelFile, packagedWeights } from "./openModel.ts";
import { readBytes } from "./readBytes.ts";

export interface ModelIdentity {
  readonly name: string;
  /** SHA-256 in hexadecimal digits; absent for a model without weights. */
  readonly sha256?: string;
}

/**
 * @param nameOrFile As `openModel` takes it.
 * @throws {Error} The file is missing.
 */
export async function modelIdentity(nameOrFile: string): Promise<ModelIdentity> {
  if (!isModelFile(nameOrFile) && !isNetwork(nameOrFile)) return { name: nameOrFile };
  const bytes = isModelFile(nameOrFile)
    ? await readBytes("modelIdentity", nameOrFile, "a model")
    : await packagedWeights(`${nameOrFile}.safetensors`);
  return { name: nameOrFile, sha256: createHash("sha256").update(bytes).digest("hex") };
}
