/**
 * Weights for a larger network of the family from those of a smaller one, which goes on answering as it
 * did: channels that are new are not heard yet, tables of positions go on with their last entries, and
 * what was not there begins with an encoder's weights or at random.
 *
 *     npx tsx tools/growNetwork.ts FROM.safetensors small TO.safetensors --encoder mobilenet.safetensors --seed 5
 */

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readSafetensors } from "../src/formats/index.ts";
import {
  CONFIGURATIONS,
  fromMobileNet,
  network,
  readNetworkFile,
  writeNetworkFile,
} from "../src/models/index.ts";
import { initialise, parametersByPath } from "../src/nn/index.ts";
import { type HostTensor, randomNumbers, type Sizes, tensor } from "../src/tensor/index.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { encoder: { type: "string" }, seed: { type: "string", default: "1" } },
});
const [from, name, to] = positionals;
const found = Object.entries(CONFIGURATIONS).find(([known]) => known === name);
if (found === undefined || to === undefined) {
  throw new RangeError(
    `growNetwork: expected FROM, one of ${Object.keys(CONFIGURATIONS).join(", ")}, and TO; got "${positionals.join(" ")}".`,
  );
}
const [, configuration] = found;
const { parameters } = network(configuration);
const { numbers: old, notes } = readNetworkFile(readFileSync(from));
const begun = {
  ...initialise(parameters, randomNumbers(Number(options.seed))),
  ...(options.encoder !== undefined &&
    fromMobileNet(configuration, readSafetensors(readFileSync(options.encoder)).tensors)),
};
const numbers = Object.entries(parametersByPath(parameters)).map(
  ([path, { axes }]): [string, HostTensor] => [
    path,
    Object.hasOwn(old, path) ? grown(path, old[path], axes) : begun[path],
  ],
);
writeFileSync(to, writeNetworkFile({ configuration, numbers: Object.fromEntries(numbers), notes }));

function grown(path: string, was: HostTensor, wanted: Sizes): HostTensor {
  const sizes = Object.fromEntries(was.axes.map((axis) => [axis.name, axis.size]));
  const data = new Float32Array(Object.values(wanted).reduce((a, b) => a * b, 1));
  for (let i = 0; i < data.length; i++) {
    const place = placeIn(path, sizes, wanted, i);
    data[i] = place === undefined ? 0 : was.data[place];
  }
  return tensor(wanted, data);
}

/** Where among the old numbers the new one comes from; nowhere for channels that are new. */
function placeIn(path: string, sizes: Sizes, wanted: Sizes, index: number): number | undefined {
  let [rest, step, place] = [index, 1, 0];
  for (const [axis, size] of Object.entries(wanted).toReversed()) {
    const own = sizes[axis] ?? 0;
    const at = rest % size;
    rest = Math.floor(rest / size);
    if (axis === "offsets") {
      const middle = Math.round((size - own) / 2);
      place += step * Math.min(Math.max(at - middle, 0), own - 1);
    } else if (own === size || (axis === "channels" && own > 0)) {
      if (at >= own) return undefined;
      place += step * at;
    } else {
      throw new RangeError(`growNetwork: expected ${size} ${axis} of "${path}", got ${own}.`);
    }
    step *= own;
  }
  return place;
}
