/** ONNX Runtime in Node: two optional packages, loaded when somebody asks for them. */

import type { OrtModule } from "../runtime/index.ts";

/** The packages that devices come from; neither is needed for the interpreter. */
export type OnnxRuntimePackage = "onnxruntime-node" | "onnxruntime-web";

const INSTALL: Readonly<Record<OnnxRuntimePackage, string>> = {
  "onnxruntime-node":
    'Install it with "npm install onnxruntime-node", with the line "onnxruntime-node-install=skip" ' +
    "in your .npmrc: without that line its installer fetches files for CUDA first.",
  "onnxruntime-web": 'Install it with "npm install onnxruntime-web".',
};

/**
 * A package of ONNX Runtime.
 *
 * @throws {Error} When it is not installed, or has no build for this machine.
 */
export async function loadOnnxRuntime(
  name: OnnxRuntimePackage = "onnxruntime-node",
): Promise<OrtModule> {
  try {
    const ort: OrtModule =
      name === "onnxruntime-node"
        ? await import("onnxruntime-node")
        : await import("onnxruntime-web");
    // What goes wrong is thrown; there is no need to print it too.
    ort.env.logLevel = "fatal";
    return ort;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Error(
      code === "ERR_MODULE_NOT_FOUND"
        ? `loadOnnxRuntime: expected the package ${name}, got none: it is not installed. ${INSTALL[name]}`
        : `loadOnnxRuntime: expected ${name} to load on ${process.platform} ${process.arch}, got "${message}". ${INSTALL[name]}`,
      { cause },
    );
  }
}
