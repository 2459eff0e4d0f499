/** Tensors of ONNX Runtime: ours made into its own and back, in memory and on the device. */

import {
  type Axis,
  allocate,
  type DType,
  type HostTensor,
  sizeOf,
  type TensorData,
  toDType,
} from "../tensor/hostTensor.ts";
import type { DeviceTensor } from "./device.ts";
import { disposedTensor } from "./interpreterDevice.ts";
import type { OrtCompiler } from "./ortCompiler.ts";
import type { OrtModule, OrtTensor, OrtType } from "./ortModule.ts";

export interface OrtStore {
  /** A tensor as a session takes it. Memory is shared where its type is one that ONNX Runtime has. */
  feed(tensor: HostTensor | DeviceTensor): Promise<OrtTensor>;
  /** A tensor in memory, brought to where the provider computes. */
  place(tensor: HostTensor): Promise<DeviceTensor>;
  /**
   * What a session computed, as a tensor of the device.
   *
   * @param giveBack Called when it is disposed of.
   */
  wrap(value: OrtTensor, axes: readonly Axis[], dtype: OrtType, giveBack: () => void): DeviceTensor;
}

/**
 * @param run Runs the copying model of a key on one tensor.
 */
export function ortStore(ort: OrtModule, provider: string, compiler: OrtCompiler): OrtStore {
  /** The values of tensors that are still there. */
  const values = new WeakMap<DeviceTensor, OrtTensor>();

  function wrap(
    value: OrtTensor,
    axes: readonly Axis[],
    dtype: OrtType,
    giveBack: () => void,
  ): DeviceTensor {
    const tensor: DeviceTensor = {
      axes,
      dtype,
      read: async () => {
        if (!values.has(tensor)) throw disposedTensor();
        // Never by getData(), which ends the process for a tensor of a GPU in Node.
        const { data } = isInMemory(value) ? value : await compiler.copy(value, dtype, "memory");
        const numbers = data as TensorData;
        return { axes, dtype, data: isInMemory(value) ? numbers.slice() : numbers };
      },
      dispose: () => {
        if (values.delete(tensor)) giveBack();
      },
    };
    values.set(tensor, value);
    return tensor;
  }

  return {
    feed: async (tensor) => {
      if (!("read" in tensor)) return toOrt(ort, tensor);
      // One that is not ours is another device's: by way of memory.
      return values.get(tensor) ?? toOrt(ort, await tensor.read());
    },
    place: async (tensor) => {
      const type = ortType(tensor.dtype);
      const value = toOrt(ort, tensor);
      if (provider !== "webgpu") return wrap(value, tensor.axes, type, () => {});
      const placed = await compiler.copy(value, type, "device");
      return wrap(placed, tensor.axes, type, () => placed.dispose());
    },
    wrap,
  };
}

/** What ONNX Runtime keeps a tensor of ours in. */
function ortType(dtype: DType): OrtType {
  return dtype === "float64" ? "float32" : dtype;
}

export function isInMemory({ location }: OrtTensor): boolean {
  return location === "cpu";
}

function toOrt(ort: OrtModule, { axes, dtype, data }: HostTensor): OrtTensor {
  const type = ortType(dtype);
  const sizes = axes.map(({ size }) => size);
  return new ort.Tensor(type, toDType(data, type), sizes);
}

/** Memory that results are written to, and that is used again for later ones. */
export interface ResultMemory {
  /** A tensor to be written to. */
  take(axes: readonly Axis[], dtype: OrtType): OrtTensor;
  giveBack(dtype: OrtType, value: OrtTensor): void;
}

export function resultMemory(ort: OrtModule): ResultMemory {
  const spare = new Map<string, TensorData[]>();
  return {
    take: (axes, dtype) => {
      const length = sizeOf(axes);
      const data = spare.get(`${dtype} ${length}`)?.pop() ?? allocate(length, dtype);
      return toOrt(ort, { axes, dtype, data });
    },
    giveBack: (dtype, value) => {
      const data = value.data as TensorData;
      const key = `${dtype} ${data.length}`;
      const others = spare.get(key);
      if (others === undefined) spare.set(key, [data]);
      else others.push(data);
    },
  };
}
