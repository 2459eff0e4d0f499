/** The loops behind softmax and logSumExp, over lines along the middle of `[outer, size, inner]`. */

import type { TensorData } from "../../tensor/hostTensor.ts";
import type { Shape } from "../node.ts";
import { type Around, alignAxes, checkKind, placeOf } from "../shapes.ts";
import { exponential } from "./exponential.ts";

/** The shape of what is normalised along `axis`: that of the logits, aligned with what is allowed. */
export function normalisedShape(operation: string, inputs: readonly Shape[], axis: string): Shape {
  const [x, allowed] = inputs;
  checkKind(operation, "the logits", x, "float");
  placeOf(operation, x, axis);
  if (allowed === undefined) return x;
  checkKind(operation, "`allowed`", allowed, "bool");
  return { axes: alignAxes(operation, { x, allowed }), kind: "float" };
}

/** Lines along an axis that is not the last are taken up to this many at a time, side by side. */
const LANES = 256;

/** Lines side by side: entry `k` of lane `i` is at `start + k * inner + i`. */
interface Lanes {
  readonly start: number;
  readonly size: number;
  readonly inner: number;
  readonly count: number;
}

/** `out = e^(x − largest) / Σ` along each line, over the allowed entries. */
export function softmaxLines(
  out: TensorData,
  x: TensorData,
  allowed: TensorData | undefined,
  { outer, size, inner }: Around,
): void {
  if (inner === 1) {
    for (let line = 0; line < outer; line++) softmaxRow(out, x, allowed, line * size, size);
    return;
  }
  const shift = new Float64Array(LANES);
  const total = new Float64Array(LANES);
  for (let o = 0; o < outer; o++) {
    for (let from = 0; from < inner; from += LANES) {
      const count = Math.min(LANES, inner - from);
      const lanes = { start: o * size * inner + from, size, inner, count };
      largestOfLanes(shift, x, allowed, lanes);
      exponentials(out, total, x, allowed, shift, lanes);
      scaleLanes(out, total, lanes);
    }
  }
}

/** `log Σ e^x` along each line, over the allowed entries. */
export function logSumExpLines(
  out: TensorData,
  x: TensorData,
  allowed: TensorData | undefined,
  { outer, size, inner }: Around,
): void {
  const shift = new Float64Array(LANES);
  const total = new Float64Array(LANES);
  for (let o = 0; o < outer; o++) {
    for (let from = 0; from < inner; from += LANES) {
      const count = Math.min(LANES, inner - from);
      const lanes = { start: o * size * inner + from, size, inner, count };
      largestOfLanes(shift, x, allowed, lanes);
      exponentials(undefined, total, x, allowed, shift, lanes);
      const to = o * inner + from;
      for (let i = 0; i < count; i++) out[to + i] = shift[i] + Math.log(total[i]);
    }
  }
}

function softmaxRow(
  out: TensorData,
  x: TensorData,
  allowed: TensorData | undefined,
  from: number,
  size: number,
): void {
  const end = from + size;
  const shift = finiteShift(largestOfRow(x, allowed, from, end));
  let total = 0;
  for (let i = from; i < end; i++) {
    const share = allowed === undefined || allowed[i] !== 0 ? exponential(x[i] - shift) : 0;
    out[i] = share;
    total += share;
  }
  const scale = total === 0 ? 0 : 1 / total;
  for (let i = from; i < end; i++) out[i] *= scale;
}

function largestOfRow(
  x: TensorData,
  allowed: TensorData | undefined,
  from: number,
  end: number,
): number {
  let most = -Infinity;
  if (allowed === undefined) {
    for (let i = from; i < end; i++) if (x[i] > most) most = x[i];
  } else {
    for (let i = from; i < end; i++) if (allowed[i] !== 0 && x[i] > most) most = x[i];
  }
  return most;
}

/** What to subtract along each lane, so that its largest allowed entry becomes 0. */
function largestOfLanes(
  shift: Float64Array,
  x: TensorData,
  allowed: TensorData | undefined,
  { start, size, inner, count }: Lanes,
): void {
  shift.fill(-Infinity, 0, count);
  for (let k = 0; k < size; k++) {
    const row = start + k * inner;
    for (let i = 0; i < count; i++) {
      if (allowed !== undefined && allowed[row + i] === 0) continue;
      if (x[row + i] > shift[i]) shift[i] = x[row + i];
    }
  }
  for (let i = 0; i < count; i++) shift[i] = finiteShift(shift[i]);
}

/** `total = Σ e^(x − shift)` along each lane, its terms kept in `out` where they are wanted. */
function exponentials(
  out: TensorData | undefined,
  total: Float64Array,
  x: TensorData,
  allowed: TensorData | undefined,
  shift: Float64Array,
  { start, size, inner, count }: Lanes,
): void {
  total.fill(0, 0, count);
  for (let k = 0; k < size; k++) {
    const row = start + k * inner;
    for (let i = 0; i < count; i++) {
      const possible = allowed === undefined || allowed[row + i] !== 0;
      const share = possible ? exponential(x[row + i] - shift[i]) : 0;
      if (out !== undefined) out[row + i] = share;
      total[i] += share;
    }
  }
}

/** Divide each lane by its total; a lane without anything stays 0. */
function scaleLanes(
  out: TensorData,
  total: Float64Array,
  { start, size, inner, count }: Lanes,
): void {
  for (let i = 0; i < count; i++) total[i] = total[i] === 0 ? 0 : 1 / total[i];
  for (let k = 0; k < size; k++) {
    const row = start + k * inner;
    for (let i = 0; i < count; i++) out[row + i] *= total[i];
  }
}

/**
 * A line without an allowed entry has no largest: nothing is subtracted, and e^−∞ leaves it empty.
 * NaN is never the largest, so it is still in the line when the exponentials are summed.
 */
function finiteShift(largest: number): number {
  return largest === -Infinity ? 0 : largest;
}
