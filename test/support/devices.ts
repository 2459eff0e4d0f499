/** Every device that tests and conformance packs are run on. */

import { existsSync } from "node:fs";
import ortWeb from "onnxruntime-web";
import { loadOnnxRuntime } from "../../src/node/index.ts";
import { type Device, interpreterDevice, ortDevice } from "../../src/runtime/index.ts";

export interface TestDevice {
  readonly name: string;
  /** What it computes in. */
  readonly precision: "float64" | "float32";
  /** Whether it can be had here. */
  readonly isHere: boolean;
  /** Whether a graph takes longer to compile than one has patience for hundreds. */
  readonly isSlow?: true;
  open(): Promise<Device>;
}

/** Vulkan in software (SwiftShader), as Debian's chromium brings it: a WebGPU adapter for any machine. */
const SOFTWARE_ADAPTER = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** What finds a Vulkan adapter; Debian's libvulkan1 brings it. */
const VULKAN_LOADERS = ["x86_64", "aarch64"].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/libvulkan.so.1`,
);
const hasSoftwareAdapter =
  existsSync(SOFTWARE_ADAPTER) && VULKAN_LOADERS.some((path) => existsSync(path));

export const testDevices: readonly TestDevice[] = [
  {
    name: "interpreter-float64",
    precision: "float64",
    isHere: true,
    open: async () => interpreterDevice("float64"),
  },
  {
    name: "interpreter-float32",
    precision: "float32",
    isHere: true,
    open: async () => interpreterDevice("float32"),
  },
  {
    name: "cpu",
    precision: "float32",
    isHere: true,
    open: async () => ortDevice(await loadOnnxRuntime(), { threads: 1 }),
  },
  {
    name: "wasm",
    precision: "float32",
    isHere: true,
    open: async () => ortDevice(ortWeb, { provider: "wasm", threads: 1 }),
  },
  {
    name: "webgpu",
    precision: "float32",
    isHere: hasSoftwareAdapter || process.env["VK_ICD_FILENAMES"] !== undefined,
    isSlow: true,
    open: async () => {
      process.env["VK_ICD_FILENAMES"] ??= SOFTWARE_ADAPTER;
      return ortDevice(await loadOnnxRuntime(), { provider: "webgpu" });
    },
  },
];
