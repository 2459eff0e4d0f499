import type { OrtModule } from "./ortModule.ts";

/** That a provider has no kernel for an operation of a graph. */
export class MissingKernel extends Error {
  override readonly name = "MissingKernel";
}

/** What ONNX Runtime says when something is missing, by what it comes to. */
const SAID = {
  half: /requires f16/i,
  kernel:
    /could not find an implementation|not_implemented|not supported yet|assigned to the default CPU EP/i,
  memory:
    /bad_alloc|out of memory|failed to allocate|allocation failed|memory access out of bounds|shape is too large|integer overflow/i,
  provider:
    /backend not found|no available backend|webgpu adapter|load shared library|not enabled|providers_shared|is not supported in|unknown execution provider|not supported/i,
} as const;

/**
 * What a failure of ONNX Runtime means, and what to do about it.
 *
 * @param doing What was tried, as the message begins.
 */
export function explained(error: unknown, doing: string, provider: string, ort: OrtModule): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const said = firstLine(cause.message);
  if (SAID.half.test(said)) {
    return new Error(
      `${doing}: this GPU has no half precision. Use { precision: "float32" }, the default.`,
      { cause },
    );
  }
  if (SAID.kernel.test(said)) {
    return new MissingKernel(`${doing}: "${provider}" has no kernel for it (${said}).`, { cause });
  }
  if (SAID.memory.test(said)) {
    return new Error(
      `${doing}: memory ran out (${said}). Use smaller images or batches, or a device with more.`,
      { cause },
    );
  }
  if (SAID.provider.test(said)) {
    return new Error(
      `${doing}: the provider "${provider}" does not work here (${said}). ` +
        (NEEDED[provider] ?? offered(ort)) +
        `"maskwise doctor" shows which devices work.`,
      { cause },
    );
  }
  return new Error(
    `${doing}: ONNX Runtime failed (${said}). The graph runs with interpreterDevice(); ` +
      `please report it with what "maskwise doctor" prints.`,
    { cause },
  );
}

function offered(ort: OrtModule): string {
  const bundled = ort.listSupportedBackends?.().filter((backend) => backend.bundled) ?? [];
  if (bundled.length === 0) return "";
  return `This build brings ${bundled.map(({ name }) => name).join(" and ")}. `;
}

/** Without the places in ONNX Runtime's own source (file, line, signature), and not endless. */
function firstLine(text: string): string {
  return text
    .split("\n")[0]
    .replace(/\/\S+:\d+ [^()]*\([^()]*\) /, "")
    .replace(/^.* was false\. /, "")
    .slice(0, 300);
}

/** What has to be there for a provider to work. */
const NEEDED: Readonly<Record<string, string>> = {
  webgpu: "It needs a GPU with a driver for Vulkan, Metal or Direct3D 12. ",
  cuda:
    "It needs an NVIDIA GPU, CUDA, and an onnxruntime-node installed without the line " +
    '"onnxruntime-node-install=skip". ',
};
