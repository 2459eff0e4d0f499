import {
  type Axis,
  allocate,
  type HostTensor,
  sizeOf,
  type TensorData,
} from "../../tensor/hostTensor.ts";
import type { Shape } from "../node.ts";
import { arrayFor, type Target } from "../operation.ts";
import { checkAxes, commonKind } from "../shapes.ts";

/**
 * Bring together what lies along the middle of `[outer, size, inner]`, in double precision:
 * `out[o, i] = Σ_k data[o, k, i]`, or the like.
 */
export type ReduceLoop = (
  out: TensorData,
  data: TensorData,
  outer: number,
  size: number,
  inner: number,
) => void;

/** The shape rule of operations that bring numbers together over named axes. */
export function reducedShape(operation: string, x: Shape, over: readonly string[]): Shape {
  checkAxes(operation, x, over);
  const kind = commonKind(operation, [x], ["float", "int"]);
  return { axes: x.axes.filter(({ name }) => !over.includes(name)), kind };
}

/**
 * Bring together numbers over the named axes. Axes that lie side by side go in one pass; between
 * passes the numbers stay in double precision.
 */
export function reduce(
  x: HostTensor,
  over: readonly string[],
  target: Target,
  loop: ReduceLoop,
  spare?: TensorData,
): HostTensor {
  const { axes, dtype } = target;
  let rest = x.axes;
  let data = x.data;
  for (let run = lastRun(rest, over); run !== undefined; run = lastRun(rest, over)) {
    const before = rest.slice(0, run.from);
    const after = rest.slice(run.to);
    const [outer, size, inner] = [before, rest.slice(run.from, run.to), after].map(sizeOf);
    rest = [...before, ...after];
    const done = rest.length === axes.length;
    const out = done ? arrayFor(target, spare) : allocate(outer * inner, "float64");
    loop(out, data, outer, size, inner);
    data = out;
  }
  return { axes, dtype, data };
}

/** The last axes that lie side by side and are all among `over`: `from` inclusive, `to` exclusive. */
function lastRun(
  axes: readonly Axis[],
  over: readonly string[],
): { from: number; to: number } | undefined {
  let to = axes.length;
  while (to > 0 && !over.includes(axes[to - 1].name)) to--;
  let from = to;
  while (from > 0 && over.includes(axes[from - 1].name)) from--;
  return from === to ? undefined : { from, to };
}
