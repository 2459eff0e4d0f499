/**
 * Weights that PyTorch wrote. Its tensors have the same layouts as ours (filters, channels, kernel;
 * outputs, features), so that loading is a matter of names and a check of shapes.
 */

import { axesOf, describeAxes, type HostTensor, ShapeError } from "../tensor/hostTensor.ts";
import { type Parameter, parametersByPath, type Tree } from "./parameters.ts";

/** A tensor as files keep it: sizes without names. */
export interface UnnamedTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** What PyTorch calls the running statistics. */
const STATISTICS: Readonly<Record<string, string>> = {
  runningMean: "running_mean",
  runningVariance: "running_var",
};

/**
 * Numbers for the parameters of a tree from tensors by PyTorch's names. Tensors that nobody asks for
 * are left alone.
 *
 * @param names  What PyTorch calls a path or a part of one: `{ "look.norm": "bn2" }`. Running
 *               statistics are known.
 * @returns Float32 numbers by path.
 * @throws {ReferenceError} When tensors are missing.
 * @throws {ShapeError} When one has another shape.
 */
export function fromTorch(
  wanted: Tree<Parameter>,
  tensors: ReadonlyMap<string, UnnamedTensor>,
  names: Readonly<Record<string, string>> = {},
): Readonly<Record<string, HostTensor>> {
  const parameters = Object.entries(parametersByPath(wanted));
  const named = parameters.map(([path, { axes }]) => ({
    path,
    axes: axesOf(path, axes),
    theirs: torchName(path, names),
  }));
  const missing = named.filter(({ theirs }) => !tensors.has(theirs));
  if (missing.length > 0) {
    const examples = missing.slice(0, 3).map(({ path, theirs }) => `"${theirs}" for ${path}`);
    throw new ReferenceError(
      `fromTorch: expected ${parameters.length} tensors, ${missing.length} are missing: ` +
        `${examples.join(", ")}${missing.length > 3 ? ", …" : ""}. Say what they are called there.`,
    );
  }
  return Object.fromEntries(
    named.map(({ path, axes, theirs }) => {
      const { shape = [], data = [] } = tensors.get(theirs) ?? {};
      if (shape.length !== axes.length || axes.some(({ size }, i) => size !== shape[i])) {
        throw new ShapeError(
          `fromTorch: expected "${theirs}" to be ${describeAxes(axes)}, got [${shape.join(", ")}].`,
        );
      }
      return [path, { dtype: "float32", axes, data: Float32Array.from(data) }];
    }),
  );
}

/** PyTorch's name for a path: its parts, the longest that are listed first, called as they are there. */
export function torchName(path: string, names: Readonly<Record<string, string>>): string {
  const known: Readonly<Record<string, string>> = { ...STATISTICS, ...names };
  const parts = path.split(".");
  const called: string[] = [];
  for (let from = 0; from < parts.length; ) {
    let to = parts.length;
    while (to > from + 1 && !Object.hasOwn(known, parts.slice(from, to).join("."))) to--;
    const part = parts.slice(from, to).join(".");
    called.push(Object.hasOwn(known, part) ? known[part] : part);
    from = to;
  }
  return called.join(".");
}
