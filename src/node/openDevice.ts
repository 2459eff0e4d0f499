import {
  type Device,
  interpreterDevice,
  type OrtDeviceOptions,
  ortDevice,
} from "../runtime/index.ts";
import { loadOnnxRuntime, type OnnxRuntimePackage } from "./onnxRuntime.ts";

export type DeviceName = "cuda" | "webgpu" | "cpu" | "wasm" | "interpreter";

/** Which package a device comes from, in the order in which one would choose. */
export const PACKAGE_OF = {
  cuda: "onnxruntime-node",
  webgpu: "onnxruntime-node",
  cpu: "onnxruntime-node",
  wasm: "onnxruntime-web",
  interpreter: undefined,
} as const satisfies Readonly<Record<DeviceName, OnnxRuntimePackage | undefined>>;

/** The devices that can be asked for by name. */
export const deviceNames: readonly DeviceName[] = Object.keys(PACKAGE_OF) as DeviceName[];

/**
 * A device by name; `docs/devices.md` says what each is.
 *
 *     const device = await openDevice("cpu");
 *
 * @throws {Error} When its package is not installed. What else is missing, a driver or a GPU, shows
 *   when the first graph is run.
 */
export async function openDevice(
  name: DeviceName,
  options: Omit<OrtDeviceOptions, "provider"> = {},
): Promise<Device> {
  const source = PACKAGE_OF[name];
  if (source === undefined) return interpreterDevice();
  return ortDevice(await loadOnnxRuntime(source), { ...options, provider: name });
}
