/** OpenCV's build for JavaScript, which is loaded only where somebody asks for a peer that needs it. */

import { createRequire } from "node:module";
import type { OpenCv } from "../../models/index.ts";

const PACKAGE = "@techstark/opencv-js";
const VERSION = "4.12.0-release.1";

/** The module, which is all there once its WebAssembly is compiled. */
type Loading = Partial<OpenCv> & { then?: unknown; onRuntimeInitialized?: () => void };

/** @throws {Error} The package is not installed, or cannot be loaded. */
export async function openCv(): Promise<OpenCv> {
  const cv = loading();
  if (cv.Mat === undefined) {
    await new Promise<void>((resolve) => {
      cv.onRuntimeInitialized = resolve;
    });
  }
  // The module calls itself a promise, of itself: whoever waited for it would wait forever.
  delete cv.then;
  return cv as OpenCv;
}

/** By `require`, which unlike `import` does not wait for what it loads. */
function loading(): Loading {
  try {
    return createRequire(import.meta.url)(PACKAGE);
  } catch (cause) {
    const [got] = (cause as Error).message.split("\n");
    throw new Error(
      `--model grabcut: expected OpenCV's build for JavaScript, got "${got}". Install it beside maskwise: npm install ${PACKAGE}@${VERSION}`,
      { cause },
    );
  }
}
