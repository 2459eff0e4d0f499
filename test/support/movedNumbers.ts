import { initialise, type Parameter, type Tree } from "../../src/nn/parameters.ts";
import type { HostTensor } from "../../src/tensor/hostTensor.ts";
import { randomNumbers } from "../../src/tensor/random.ts";

/** Numbers that parameters begin with, every one of them moved a little, so that nothing is silent. */
export function movedNumbers(wanted: Tree<Parameter>): Readonly<Record<string, HostTensor>> {
  const random = randomNumbers(5);
  const moved = Object.entries(initialise(wanted, randomNumbers(4))).map(
    ([path, { axes, data }]): [string, HostTensor] => {
      const own = Float32Array.from(data, (value) => value + 0.1 * (random() - 0.5));
      return [path, { axes, dtype: "float32", data: own }];
    },
  );
  return Object.fromEntries(moved);
}
