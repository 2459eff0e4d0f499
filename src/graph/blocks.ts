import type { Axis } from "../tensor/hostTensor.ts";
import { sizeOf } from "../tensor/hostTensor.ts";

/** A layout seen around one axis: `outer` blocks of `size` rows of `inner` entries each. */
export interface Blocks {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

export function blocksAround(axes: readonly Axis[], name: string): Blocks {
  const at = axes.findIndex((axis) => axis.name === name);
  return {
    outer: sizeOf(axes.slice(0, at)),
    size: axes[at].size,
    inner: sizeOf(axes.slice(at + 1)),
  };
}

/** The axes with one of them replaced by others, in its place. */
export function replaceAxis(
  axes: readonly Axis[],
  name: string,
  by: readonly Axis[],
): readonly Axis[] {
  return axes.flatMap((axis) => (axis.name === name ? by : [axis]));
}
