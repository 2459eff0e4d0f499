import {
  type Device,
  interpreterDevice,
  type OrtDeviceOptions,
  type OrtModule,
  ortDevice,
} from "../runtime/index.ts";
import { loadOnnxRuntime, type OnnxRuntimePackage } from "./onnxRuntime.ts";

export type DeviceName = "cuda" | "webgpu" | "cpu" | "wasm" | "interpreter";

/** A device of ONNX Runtime's. */
export type OnnxDeviceName = Exclude<DeviceName, "interpreter">;

/** Which package such a device comes from, in the order in which one would choose. */
export const PACKAGE_OF: Readonly<Record<OnnxDeviceName, OnnxRuntimePackage>> = {
  cuda: "onnxruntime-node",
  webgpu: "onnxruntime-node",
  cpu: "onnxruntime-node",
  wasm: "onnxruntime-web",
};

/** The devices that can be asked for by name. */
export const deviceNames: readonly DeviceName[] = [
  ...(Object.keys(PACKAGE_OF) as OnnxDeviceName[]),
  "interpreter",
];

export interface OpenDeviceOptions extends Omit<OrtDeviceOptions, "provider"> {
  /** Where the package is loaded. @default here */
  readonly load?: (name: OnnxRuntimePackage) => Promise<OrtModule>;
}

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
  { load = loadOnnxRuntime, ...options }: OpenDeviceOptions = {},
): Promise<Device> {
  if (name === "interpreter") return interpreterDevice();
  return ortDevice(await load(PACKAGE_OF[name]), { ...options, provider: name });
}
