/**
 * Numbers in memory with named axes.
 *
 * A shape is an ordered list of named axes. The order is the layout (row-major, the last axis
 * contiguous); the names are the meaning: operations align tensors by name, never by position.
 */

/** `bool` is kept as bytes that are 0 or 1. */
export type DType = "float64" | "float32" | "int32" | "bool";

export interface Axis {
  readonly name: string;
  /** Whole, at least 0. */
  readonly size: number;
}

/** Axes as one writes them down: `{ queries: 6, channels: 4 }`; the order of keys is the layout. */
export type Sizes = Readonly<Record<string, number>>;

/** The arrays a tensor can lie in, by dtype: Float64Array, Float32Array, Int32Array, Uint8Array. */
export type TensorData = Float64Array | Float32Array | Int32Array | Uint8Array;

/**
 * A tensor in memory. Treat `data` as read-only once it is in a tensor: tensors share memory
 * where that is free (renaming an axis, for example, copies nothing).
 */
export interface HostTensor {
  readonly dtype: DType;
  readonly axes: readonly Axis[];
  /** As many numbers as the product of the sizes; a tensor without axes holds one. */
  readonly data: TensorData;
}

/** Tensors whose axes do not fit together, or do not fit what was asked of them. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/**
 * A tensor with these axes, in this order.
 *
 * A typed array that has the dtype already is used as it is, not copied.
 *
 * @param sizes The axes; `{}` for a single number.
 * @param data  Row-major, the last axis contiguous.
 * @param dtype @default what a typed array holds (a Uint8Array holds `bool`), else `float64`
 * @throws {ShapeError} When the length is not the product of the sizes.
 * @throws {RangeError} When a number does not fit an `int32` or `bool`, a size is not whole, or an axis
 *   is called by a whole number.
 */
export function tensor(
  sizes: Sizes,
  data: ArrayLike<number>,
  dtype: DType = dtypeOf(data),
): HostTensor {
  const axes = axesOf("tensor", sizes);
  if (data.length !== sizeOf(axes)) {
    throw new ShapeError(
      `tensor: expected ${sizeOf(axes)} numbers for ${describeAxes(axes)}, got ${data.length}.`,
    );
  }
  if (dtype === "bool" || (dtype === "int32" && !(data instanceof Int32Array))) {
    checkWhole(data, dtype);
  }
  return { dtype, axes, data: toDType(data, dtype) };
}

/**
 * An array of `count` zeros that holds numbers of this dtype.
 *
 * @throws {RangeError} When there is no memory for it.
 */
export function allocate(count: number, dtype: DType): TensorData {
  try {
    return zeros(count, dtype);
  } catch (cause) {
    throw new RangeError(
      `allocate: memory ran out, expected room for ${count} numbers of ${dtype}. ` +
        `Use smaller images or batches.`,
      { cause },
    );
  }
}

function zeros(count: number, dtype: DType): TensorData {
  switch (dtype) {
    case "float64":
      return new Float64Array(count);
    case "float32":
      return new Float32Array(count);
    case "int32":
      return new Int32Array(count);
    case "bool":
      return new Uint8Array(count);
    default:
      return dtype satisfies never;
  }
}

/** The same numbers as an array of this dtype; the array itself where it is one already. */
export function toDType(data: ArrayLike<number>, dtype: DType): TensorData {
  switch (dtype) {
    case "float64":
      return data instanceof Float64Array ? data : new Float64Array(data);
    case "float32":
      return data instanceof Float32Array ? data : new Float32Array(data);
    case "int32":
      return data instanceof Int32Array ? data : new Int32Array(data);
    case "bool":
      return data instanceof Uint8Array ? data : new Uint8Array(data);
    default:
      return dtype satisfies never;
  }
}

/**
 * The list of axes behind `{ name: size }`, in the order of the keys.
 *
 * @throws {RangeError} When a size is not whole, or an axis is called by a whole number.
 */
export function axesOf(operation: string, sizes: Sizes): readonly Axis[] {
  return Object.entries(sizes).map(([name, size]) => {
    if (WHOLE_NUMBER.test(name)) {
      throw new RangeError(
        `${operation}: expected names of axes that are no numbers, got "${name}": ` +
          `JavaScript moves such keys to the front, and the order of axes is their layout.`,
      );
    }
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new RangeError(
        `${operation}: expected a whole size of at least 0 for axis "${name}", got ${size}.`,
      );
    }
    return { name, size };
  });
}

const WHOLE_NUMBER = /^\d+$/;

/** How many numbers a tensor with these axes holds. */
export function sizeOf(axes: readonly Axis[]): number {
  let size = 1;
  for (const axis of axes) size *= axis.size;
  return size;
}

/** Axes as error messages write them: `[queries 6, channels 4]`, `[]` for a single number. */
export function describeAxes(axes: readonly Axis[]): string {
  return `[${axes.map(({ name, size }) => `${name} ${size}`).join(", ")}]`;
}

function dtypeOf(data: ArrayLike<number>): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint8Array) return "bool";
  return "float64";
}

const INT32_LIMIT = 2 ** 31;

function checkWhole(data: ArrayLike<number>, dtype: "int32" | "bool"): void {
  const [from, to] = dtype === "bool" ? [0, 1] : [-INT32_LIMIT, INT32_LIMIT - 1];
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value >= from && value <= to && Number.isInteger(value)) continue;
    throw new RangeError(
      dtype === "bool"
        ? `tensor: expected 0 or 1 for a bool, got ${value} at entry ${i}. ` +
            `For bytes that are numbers, give the dtype: tensor(sizes, data, "float32").`
        : `tensor: expected whole numbers that fit 32 bits for an int32, got ${value} at entry ${i}.`,
    );
  }
}
