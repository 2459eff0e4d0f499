import { extname } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { DEFAULT_MODEL, type Model, model, modelNames } from "../models/index.ts";
import { openNetworkModel } from "../node/index.ts";

/** Ending of files with the weights of a network. */
const WEIGHTS = ".safetensors";

/** `--model` where a file will do as well as a name. */
export function modelOrFileOption(): Option {
  return new Option(
    "--model <name>",
    `what segments: ${modelNames.join(", ")}, or a ${WEIGHTS} file`,
  )
    .default(DEFAULT_MODEL)
    .argParser((name: string) => {
      if (isWeights(name) || modelNames.some((known) => known === name)) return name;
      throw new InvalidArgumentError(
        `Expected one of ${modelNames.join(", ")}, or a ${WEIGHTS} file.`,
      );
    });
}

/** Whether a model is called by the file of its weights. */
export function isWeights(name: string): boolean {
  return extname(name).toLowerCase() === WEIGHTS;
}

/** The model of a name or of a file of weights. */
export async function modelOrFile(name: string): Promise<Model> {
  return isWeights(name) ? openNetworkModel(name) : model(name);
}
