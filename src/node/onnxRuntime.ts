/** ONNX Runtime in Node: an optional package, loaded when somebody asks for it. */

import type { OrtModule } from "../runtime/index.ts";

const INSTALL =
  'Install it with "npm install onnxruntime-node", with the line "onnxruntime-node-install=skip" ' +
  "in your .npmrc: without it the package's installer fetches files for CUDA first.";

/**
 * The module `onnxruntime-node`.
 *
 * @throws {Error} When the package is not installed, or has no build for this machine.
 */
export async function loadOnnxRuntime(): Promise<OrtModule> {
  try {
    return await import("onnxruntime-node");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    throw new Error(
      missing
        ? `loadOnnxRuntime: expected the package onnxruntime-node, which is not there. ${INSTALL}`
        : `loadOnnxRuntime: onnxruntime-node does not load on ${process.platform} ` +
            `${process.arch}: ${(cause as Error).message} ${INSTALL}`,
      { cause },
    );
  }
}
