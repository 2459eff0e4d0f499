/** What can be evaluated: the models, the peers, and any user's own. */

import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { grabCutModel, type Model, modelNames, peerNames, peers } from "../../models/index.ts";
import { type DeviceName, deviceFor, isModelFile, openModel } from "../../node/index.ts";
import type { Device } from "../../runtime/index.ts";
import { openCv } from "./openCv.ts";

/** Endings of files that hold a model. */
const MODULES: ReadonlySet<string> = new Set([".js", ".mjs", ".ts", ".mts"]);

/** Peers that need a library, which is loaded when they are asked for. */
const borrowed: Readonly<Record<string, () => Promise<Model>>> = {
  grabcut: async () => grabCutModel(await openCv()),
};

/** Objects are worked on beside each other, each on one thread. */
const THREADS = 1;

/** A model, and where its graphs run. */
export interface EvaluationModel {
  readonly model: Model;
  readonly device: Device;
}

/**
 * The model of a name, or that of a file, and a device for it: on one thread, since objects are
 * worked on beside each other. ONNX files need ONNX Runtime: what says interpreter means `cpu` then.
 *
 * @param deviceName @default the one that fits the model
 *
 * @throws {RangeError} No such name.
 * @throws {TypeError} The file exports no such model.
 * @throws {FormatError} The file is no ONNX model, or one that takes or gives something else.
 * @throws {Error} The device's package is not installed.
 */
export async function evaluationModel(
  name: string,
  deviceName?: DeviceName,
): Promise<EvaluationModel> {
  const model = await modelOf(name, deviceName);
  return { model, device: await deviceFor(name, deviceName, { threads: THREADS }) };
}

/**
 * The model of a name, or that of a file: a JavaScript module that exports `model`, which has a
 * `name` and an `encode` (see `Model`). It may keep whatever it likes between the answers on one
 * picture, such as its previous mask.
 */
async function modelOf(name: string, deviceName?: DeviceName): Promise<Model> {
  if (!MODULES.has(extname(name))) {
    if (isModelFile(name) || modelNames.some((known) => known === name)) {
      return openModel(name, { device: deviceName, threads: THREADS });
    }
    const peer = peerNames.find((known) => known === name);
    if (peer !== undefined) return peers[peer];
    if (Object.hasOwn(borrowed, name)) return borrowed[name]();
    const known = [...modelNames, ...peerNames, ...Object.keys(borrowed)];
    throw new RangeError(
      `--model: expected one of ${known.join(", ")}, a .safetensors or .onnx file, or a JavaScript file that exports "model", got "${name}".`,
    );
  }
  const exported: { readonly model?: Partial<Model> } = await import(
    pathToFileURL(resolve(name)).href
  ).catch((cause) => {
    throw new Error(
      `--model: expected a JavaScript module at "${name}", got "${(cause as Error).message}".`,
      { cause },
    );
  });
  const found = exported.model;
  if (typeof found?.name !== "string" || typeof found.encode !== "function") {
    throw new TypeError(
      `--model: expected "${name}" to export "model" with a name and a function encode, got ${found === undefined ? "no such export" : "something else"}.`,
    );
  }
  return found as Model;
}
