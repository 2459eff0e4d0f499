import { writeFileSync } from "node:fs";
import { writeSafetensors } from "../src/formats/index.ts";
import { type HostTensor, type Sizes, tensor } from "../src/tensor/index.ts";

/** Tensors by name. */
export type Numbers = Readonly<Record<string, HostTensor>>;

/** A float32 tensor of numbers that come one after the other. */
export function filled(sizes: Sizes, next: () => number): HostTensor {
  const count = Object.values(sizes).reduce((product, size) => product * size, 1);
  return tensor(sizes, Float32Array.from({ length: count }, next));
}

/** Write float32 tensors to where a peer reads them. */
export function writeTensors(path: string, numbers: Numbers): void {
  const stored = Object.entries(numbers).map(([name, { axes, data }]) => {
    const shape = axes.map(({ size }) => size);
    return [name, { dtype: "F32", shape, data: data as Float32Array }] as const;
  });
  writeFileSync(path, writeSafetensors({ tensors: new Map(stored), metadata: {} }));
}
