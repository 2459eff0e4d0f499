/** Tensors of ONNX Runtime: ours made into its own and back, in memory and on the device. */

import {
  type Axis,
  type DType,
  type HostTensor,
  type TensorData,
  toDType,
} from "../tensor/hostTensor.ts";
import type { DeviceTensor } from "./device.ts";
import { disposedTensor } from "./interpreterDevice.ts";
import type { Lifetime } from "./lifetime.ts";
import type { OrtCompiler } from "./ortCompiler.ts";
import type { OrtModule, OrtTensor, OrtType } from "./ortModule.ts";

export interface OrtStore {
  /** A tensor as a session takes it. Memory is shared where its type is one that ONNX Runtime has. */
  feed(tensor: HostTensor | DeviceTensor): Promise<OrtTensor>;
  /** A tensor in memory, brought to where the provider computes. */
  place(tensor: HostTensor): Promise<DeviceTensor>;
  /** What a session computed, as a tensor of the device. */
  wrap(value: OrtTensor, axes: readonly Axis[], dtype: OrtType): DeviceTensor;
}

/**
 * @param device As long as it lasts, its tensors can be read.
 */
export function ortStore(
  ort: OrtModule,
  provider: string,
  compiler: OrtCompiler,
  device: Lifetime,
): OrtStore {
  /** The values of tensors that are still there. */
  const values = new WeakMap<DeviceTensor, OrtTensor>();

  function wrap(value: OrtTensor, axes: readonly Axis[], dtype: OrtType): DeviceTensor {
    const tensor: DeviceTensor = {
      axes,
      dtype,
      read: () =>
        device.during(async () => {
          if (!values.has(tensor)) throw disposedTensor();
          // Never by getData(), which ends the process for a tensor of a GPU in Node.
          const { data } = isInMemory(value) ? value : await compiler.copy(value, dtype, "memory");
          return { axes, dtype, data: data as TensorData };
        }),
      dispose: () => {
        if (values.delete(tensor) && !isInMemory(value)) value.dispose();
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
      const isHere = provider !== "webgpu";
      return wrap(isHere ? value : await compiler.copy(value, type, "device"), tensor.axes, type);
    },
    wrap,
  };
}

/** What ONNX Runtime keeps a tensor of ours in. */
function ortType(dtype: DType): OrtType {
  return dtype === "float64" ? "float32" : dtype;
}

function isInMemory({ location }: OrtTensor): boolean {
  return location === "cpu";
}

function toOrt(ort: OrtModule, { axes, dtype, data }: HostTensor): OrtTensor {
  const type = ortType(dtype);
  const sizes = axes.map(({ size }) => size);
  return new ort.Tensor(type, toDType(data, type), sizes);
}
