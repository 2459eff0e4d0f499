/**
 * Windows that slide over an image, as convolutions and pools see it: where along each side they
 * begin, how far apart they lie, and how far apart the pixels within one lie.
 *
 * Along one side window `o` sees, as its entry `k`, the pixel `o · stride − before + k · dilation`.
 */

import type { HasAxes } from "../../tensor/bindAxes.ts";
import { type Axis, describeAxes, ShapeError, sizeOf } from "../../tensor/hostTensor.ts";
import type { Padding, Sides, WindowOptions, Windows } from "../attributes.ts";
import type { Node } from "../node.ts";
import { reorder } from "../operations/reorder.ts";

type Side = keyof Sides<unknown>;

/** @throws {RangeError} When a number is not whole or too small. */
export function windowsOf(
  operation: string,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
): Windows {
  const windows: Windows = {
    stride: sides(stride),
    dilation: sides(dilation),
    padding: eachSide(sides(padding), paddingOf),
  };
  for (const side of ["height", "width"] as const) {
    const { before, after, ...steps } = slidingAlong(windows, side);
    for (const [name, value] of Object.entries(steps)) checkWhole(operation, name, side, value, 1);
    checkWhole(operation, "padding", side, before, 0);
    checkWhole(operation, "padding", side, after, 0);
  }
  return windows;
}

/** @throws {RangeError} When a number is not whole, or less than `least`. */
export function checkWhole(
  operation: string,
  what: string,
  side: string,
  value: number,
  least: number,
): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(
    `${operation}: expected a whole ${what} of at least ${least} along "${side}", got ${value}.`,
  );
}

/** One value for both sides, or what was said of each. */
export function sides<Value extends number | object>(value: Value | Sides<Value>): Sides<Value> {
  const isSides = typeof value === "object" && "height" in value;
  return isSides ? value : { height: value as Value, width: value as Value };
}

/** What `make` makes of either side's value. */
function eachSide<From, To>({ height, width }: Sides<From>, make: (value: From) => To): Sides<To> {
  return { height: make(height), width: make(width) };
}

function paddingOf(padding: number | Padding): Padding {
  if (typeof padding === "number") return { before: padding, after: padding };
  return { before: padding.before, after: padding.after };
}

/** How windows lie along one side. */
export interface Sliding extends Padding {
  readonly stride: number;
  readonly dilation: number;
}

export function slidingAlong({ stride, dilation, padding }: Windows, side: Side): Sliding {
  return { stride: stride[side], dilation: dilation[side], ...padding[side] };
}

/**
 * How many windows of `kernel` entries fit along each side of an image:
 * `⌊(size + before + after − dilation · (kernel − 1) − 1) / stride⌋ + 1`.
 *
 * @throws {ShapeError} When not a single one does.
 */
export function windowCounts(
  operation: string,
  size: Sides<number>,
  kernel: Sides<number>,
  windows: Windows,
): Sides<number> {
  const along = (side: Side): number => {
    const { stride, dilation, before, after } = slidingAlong(windows, side);
    checkWhole(operation, "kernel", side, kernel[side], 1);
    const extent = dilation * (kernel[side] - 1) + 1;
    const room = size[side] + before + after - extent;
    if (room < 0) {
      throw new ShapeError(
        `${operation}: expected room for a window of ${extent} along axis "${side}", got ` +
          `${size[side]} and a padding of ${before} + ${after}. Use a smaller kernel or ` +
          `dilation, or more padding.`,
      );
    }
    return Math.floor(room / stride) + 1;
  };
  return { height: along("height"), width: along("width") };
}

const IMAGE_AXES: readonly string[] = ["channels", "height", "width"];

/** The sizes of an image's last three axes, and how many images there are. */
export interface ImageSize extends Sides<number> {
  readonly batch: readonly Axis[];
  readonly channels: number;
}

/** @throws {ShapeError} When the last axes are not channels, height and width. */
export function imageSize(operation: string, role: string, { axes }: HasAxes): ImageSize {
  const last = axes.slice(-3);
  if (last.length < 3 || last.some(({ name }, i) => name !== IMAGE_AXES[i])) {
    throw new ShapeError(
      `${operation}: expected ${role} [..., channels, height, width], got ${describeAxes(axes)}. ` +
        `rename() gives an axis another name.`,
    );
  }
  const [channels, height, width] = last.map(({ size }) => size);
  return { batch: axes.slice(0, -3), channels, height, width };
}

/** Axes of a result: those of the batch, then channels, height and width. */
export function imageAxes(
  batch: readonly Axis[],
  channels: number,
  { height, width }: Sides<number>,
): readonly Axis[] {
  return [
    ...batch,
    { name: "channels", size: channels },
    { name: "height", size: height },
    { name: "width", size: width },
  ];
}

/** The image with channels, height and width last, if it has them all; itself otherwise. */
export function asImage(x: Node): Node {
  return withLast(x, IMAGE_AXES);
}

/** The node with these axes last, in this order, if it has them all; itself otherwise. */
export function withLast(x: Node, names: readonly string[]): Node {
  const own = x.axes.map(({ name }) => name);
  if (!names.every((name) => own.includes(name))) return x;
  const order = [...own.filter((name) => !names.includes(name)), ...names];
  return order.every((name, i) => name === own[i]) ? x : reorder(x, order);
}

/** Images as ONNX knows them, all batch axes in one: `[batch, channels, height, width]`. */
export function imageSizes(axes: readonly Axis[]): readonly number[] {
  return [sizeOf(axes.slice(0, -3)), ...axes.slice(-3).map(({ size }) => size)];
}

/** Windows as ONNX writes them down. */
export function windowsOnnx(
  { stride, dilation, padding }: Windows,
  kernel: Sides<number>,
): Readonly<Record<string, readonly number[]>> {
  const both = ({ height, width }: Sides<number>): readonly number[] => [height, width];
  return {
    kernel_shape: both(kernel),
    strides: both(stride),
    dilations: both(dilation),
    pads: [
      ...both(eachSide(padding, ({ before }) => before)),
      ...both(eachSide(padding, ({ after }) => after)),
    ],
  };
}
