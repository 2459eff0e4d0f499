/**
 * A network in a file: its weights as safetensors, and beside them what it is made of, so that the
 * file says everything that is needed to run it.
 */

import { FormatError } from "../../formats/formatError.ts";
import { parseJson } from "../../formats/jsonFields.ts";
import { readSafetensors, type StoredTensor, writeSafetensors } from "../../formats/safetensors.ts";
import { parametersByPath } from "../../nn/parameters.ts";
import {
  axesOf,
  describeAxes,
  type HostTensor,
  ShapeError,
  toDType,
} from "../../tensor/hostTensor.ts";
import type { NetworkConfiguration } from "./configuration.ts";
import { network } from "./network.ts";
import { configurationAt } from "./readConfiguration.ts";

export interface NetworkFile {
  readonly configuration: NetworkConfiguration;
  /** By path, one for every parameter. */
  readonly numbers: Readonly<Record<string, HostTensor>>;
  /** What else is known, such as the recipe it was trained by, or its licence. */
  readonly notes: Readonly<Record<string, string>>;
}

const ARCHITECTURE = "maskwise-network";
/** Of the code that makes graphs of a configuration: raised when the same weights would mean something else. */
const VERSION = "1";

/**
 * @throws {RangeError} When a note has a name that the file keeps for itself.
 * @throws {ShapeError} When numbers are missing, or have other axes than their parameter.
 */
export function writeNetworkFile({
  configuration,
  numbers,
  notes,
}: NetworkFile): Uint8Array<ArrayBuffer> {
  const own = {
    architecture: ARCHITECTURE,
    version: VERSION,
    configuration: JSON.stringify(configuration),
  };
  for (const name of Object.keys(own)) {
    if (!Object.hasOwn(notes, name)) continue;
    throw new RangeError(
      `writeNetworkFile: expected notes without "${name}", which the file says itself. Call it otherwise.`,
    );
  }
  const wanted = Object.entries(parametersByPath(network(configuration).parameters));
  const tensors = wanted.map(([path, { axes }]): [string, StoredTensor] => {
    const expected = describeAxes(axesOf(path, axes));
    const got = Object.hasOwn(numbers, path) ? describeAxes(numbers[path].axes) : "nothing";
    if (got !== expected) {
      throw new ShapeError(
        `writeNetworkFile: expected numbers ${expected} for "${path}" of "${configuration.name}", got ${got}. Give those of the same configuration.`,
      );
    }
    const shape = Object.values(axes);
    return [path, { dtype: "F32", shape, data: Float32Array.from(numbers[path].data) }];
  });
  return writeSafetensors({ tensors: new Map(tensors), metadata: { ...notes, ...own } });
}

/**
 * @throws {FormatError} When the bytes are no safetensors, or of no network; when it is one of a
 *   later version; when its tensors are not those of its configuration.
 */
export function readNetworkFile(bytes: Uint8Array): NetworkFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const { architecture, version, configuration: text, ...notes } = metadata;
  if (architecture !== ARCHITECTURE || text === undefined) {
    throw new FormatError(
      `readNetworkFile: expected the weights of a network of Maskwise, got ${architecture === undefined ? "a file that does not say what it is of" : `a checkpoint of another architecture, "${architecture}"`}. Train one, or load the file it was trained from.`,
    );
  }
  if (version !== VERSION) {
    throw new FormatError(
      `readNetworkFile: expected version ${VERSION} of a network, got "${version}". Use the release of Maskwise that wrote it.`,
    );
  }
  const json = parseJson("readNetworkFile", new TextEncoder().encode(text));
  const configuration = configurationAt({ ...json, path: "configuration" });
  return { configuration, numbers: numbersOf(configuration, tensors), notes };
}

function numbersOf(
  configuration: NetworkConfiguration,
  tensors: ReadonlyMap<string, StoredTensor>,
): NetworkFile["numbers"] {
  const wanted = parametersByPath(network(configuration).parameters);
  const faults = [...tensors.keys()]
    .filter((name) => !Object.hasOwn(wanted, name))
    .map((name) => `"${name}" is unknown`);
  const numbers: Record<string, HostTensor> = {};
  for (const [path, { axes: sizes }] of Object.entries(wanted)) {
    const axes = axesOf(path, sizes);
    const stored = tensors.get(path);
    if (stored === undefined) faults.push(`"${path}" is missing`);
    else if (axes.map(({ size }) => size).join() !== stored.shape.join()) {
      faults.push(`"${path}" is [${stored.shape.join(", ")}] for ${describeAxes(axes)}`);
    } else numbers[path] = { axes, dtype: "float32", data: toDType(stored.data, "float32") };
  }
  if (faults.length === 0) return numbers;
  const more = faults.length > SHOWN ? `, and ${faults.length - SHOWN} more` : "";
  throw new FormatError(
    `readNetworkFile: expected the tensors of "${configuration.name}", got a checkpoint of another architecture: ${faults.slice(0, SHOWN).join(", ")}${more}. Load it with the release of Maskwise that wrote it.`,
  );
}

/** So many faults are told. */
const SHOWN = 3;
