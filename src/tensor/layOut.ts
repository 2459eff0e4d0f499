import { type Axis, allocate, type HostTensor, sizeOf, type TensorData } from "./hostTensor.ts";

/** How far apart neighbours along each of `axes` lie in a tensor; 0 where it has no such axis. */
export function stridesAlong(axes: readonly Axis[], own: readonly Axis[]): number[] {
  const strides = new Map<string, number>();
  let stride = 1;
  for (let i = own.length - 1; i >= 0; i--) {
    strides.set(own[i].name, stride);
    stride *= own[i].size;
  }
  return axes.map(({ name }) => strides.get(name) ?? 0);
}

/** Whether two lists name the same axes in the same order. */
export function sameLayout(a: readonly Axis[], b: readonly Axis[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i].name !== b[i].name) return false;
  return true;
}

/**
 * Walk through arrays of a common shape line by line. Axes along which all of them can be stepped
 * through as one are joined first, and a long axis is preferred, so that there are few lines.
 *
 * @param axes    The common shape.
 * @param strides Per array: how far apart neighbours along each of `axes` lie in it.
 * @param line    Called per line with how many entries it has, where it starts in each array, and
 *                how far apart its entries lie in each.
 */
export function forEachLine(
  axes: readonly Axis[],
  strides: readonly (readonly number[])[],
  line: (count: number, from: Int32Array, step: readonly number[]) => void,
): void {
  if (sizeOf(axes) === 0) return;
  const { sizes, steps } = joinAxes(axes, strides);
  const along = lineAxis(sizes);
  const [count] = sizes.splice(along, 1);
  const step = steps.map((own) => own.splice(along, 1)[0]);
  const from = new Int32Array(strides.length);
  const at = new Int32Array(sizes.length);
  for (;;) {
    line(count, from, step);
    let axis = sizes.length - 1;
    for (; axis >= 0; axis--) {
      for (let i = 0; i < steps.length; i++) from[i] += steps[i][axis];
      if (++at[axis] < sizes[axis]) break;
      at[axis] = 0;
      for (let i = 0; i < steps.length; i++) from[i] -= steps[i][axis] * sizes[axis];
    }
    if (axis < 0) return;
  }
}

/** From this length on, what a line costs before its first entry no longer matters. */
const LONG_LINE = 16;

/** Lines run along the last axis, whose entries lie together; along the longest if that is short. */
function lineAxis(sizes: readonly number[]): number {
  const last = sizes.length - 1;
  return sizes[last] >= LONG_LINE ? last : sizes.indexOf(Math.max(...sizes));
}

/** Drop axes of size 1 and join neighbours that lie evenly in every array. Never empty. */
function joinAxes(
  axes: readonly Axis[],
  strides: readonly (readonly number[])[],
): { sizes: number[]; steps: number[][] } {
  const sizes: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let i = 0; i < axes.length; i++) {
    const size = axes[i].size;
    if (size === 1) continue;
    const last = sizes.length - 1;
    if (last >= 0 && strides.every((own, k) => steps[k][last] === own[i] * size)) {
      sizes[last] *= size;
      for (let k = 0; k < steps.length; k++) steps[k][last] = strides[k][i];
    } else {
      sizes.push(size);
      for (let k = 0; k < steps.length; k++) steps[k].push(strides[k][i]);
    }
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const own of steps) own.push(0);
  }
  return { sizes, steps };
}

/**
 * The numbers of a tensor in another layout: axes in the order asked for, repeated along axes the
 * tensor does not have. The tensor's own array where nothing has to move.
 *
 * @param axes Every axis of the tensor is among them, with the same size.
 * @param into An array of the right length and dtype to use if one is needed.
 */
export function layOut(tensor: HostTensor, axes: readonly Axis[], into?: TensorData): TensorData {
  if (sameLayout(tensor.axes, axes)) return tensor.data;
  // Only axes of size 1 come, go or move: the numbers stay as they are.
  const big = (axis: Axis): boolean => axis.size !== 1;
  if (sameLayout(tensor.axes.filter(big), axes.filter(big))) return tensor.data;
  const out = into ?? allocate(sizeOf(axes), tensor.dtype);
  const strides = [stridesAlong(axes, axes), stridesAlong(axes, tensor.axes)];
  forEachLine(axes, strides, (count, from, step) => {
    copyLine(count, out, from[0], step[0], tensor.data, from[1], step[1]);
  });
  return out;
}

function copyLine(
  count: number,
  out: TensorData,
  to: number,
  toStep: number,
  data: TensorData,
  from: number,
  step: number,
): void {
  if (toStep === 1 && step === 0) {
    out.fill(data[from], to, to + count);
  } else if (toStep === 1 && step === 1) {
    out.set(data.subarray(from, from + count), to);
  } else {
    for (let n = 0; n < count; n++, to += toStep, from += step) out[to] = data[from];
  }
}
