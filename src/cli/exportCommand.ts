/** `maskwise export`: a network as ONNX files, for other programs. */

import { basename } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import type { Size } from "../image/index.ts";
import { type ExportedNetwork, exportNetwork } from "../models/index.ts";
import { checkWritable, openNetworkFile, writeFilesAtomically } from "../node/index.ts";
import { networkOrFile } from "./modelOption.ts";
import { progressOn } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const EXAMPLES = `
Two files are written: small.encoder.onnx, which looks at a picture once, and small.click.onnx, which
takes what the first gives, and the clicks. docs/onnx.md says how to run them.

Examples:
  $ maskwise export small --onnx small.onnx
  $ maskwise export mine.safetensors --onnx wide.onnx --size 384x256 --clicks 64`;

interface Typed {
  /** The files' common name, without an ending. */
  readonly onnx: string;
  readonly size?: Size;
  readonly clicks?: number;
  readonly half?: true;
}

export function exportCommand(terminal: Terminal): Command {
  return new Command("export")
    .description("Write a network as ONNX files, for other programs.")
    .argument(
      "<model>",
      "small, or a .safetensors file with the weights of a network",
      networkOrFile,
    )
    .requiredOption("--onnx <file>", "FILE.onnx, for FILE.encoder.onnx and FILE.click.onnx", stem)
    .option(
      "--size <WIDTHxHEIGHT>",
      "of the picture, in pixels (default: a square of the network's side)",
      size,
    )
    .option("--clicks <number>", "how many clicks there is room for (default: 32)", whole)
    .option("--half", "keep numbers in half precision: files half as large")
    .addHelpText("after", EXAMPLES)
    .action((model: string, typed: Typed) => exportOnnx(model, typed, terminal));
}

async function exportOnnx(
  model: string,
  { onnx, size, clicks, half }: Typed,
  terminal: Terminal,
): Promise<void> {
  const paths = { encoder: `${onnx}.encoder.onnx`, click: `${onnx}.click.onnx` };
  for (const path of Object.values(paths)) await checkWritable(path);
  const progress = progressOn(terminal);
  let exported: ExportedNetwork;
  try {
    progress.step(`Reading ${basename(model)}`);
    const network = await openNetworkFile(model);
    progress.step("Writing");
    exported = exportNetwork(network, {
      size,
      clicks,
      producerVersion: version(),
      precision: half ? "float16" : "float32",
    });
    await writeFilesAtomically([
      { path: paths.encoder, data: exported.encoder },
      { path: paths.click, data: exported.click },
    ]);
  } finally {
    progress.clear();
  }
  const { width, height } = exported.size;
  terminal.talk(`for pictures of ${width}×${height} and up to ${exported.clicks} clicks\n`);
  terminal.talk(`wrote ${paths.encoder} (${megabytes(exported.encoder)})\n`);
  terminal.talk(`wrote ${paths.click} (${megabytes(exported.click)})\n`);
}

function stem(path: string): string {
  const name = path.replace(/\.onnx$/i, "");
  if (name !== path && basename(name) !== "") return name;
  throw new InvalidArgumentError("Expected a file that ends in .onnx.");
}

function size(text: string): Size {
  const [, width, height] = /^([1-9]\d{0,4})[x×]([1-9]\d{0,4})$/i.exec(text) ?? [];
  if (width === undefined) {
    throw new InvalidArgumentError("Expected WIDTHxHEIGHT in pixels, such as 384x256.");
  }
  return { width: Number(width), height: Number(height) };
}

function whole(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > MOST_CLICKS) {
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_CLICKS}.`);
  }
  return value;
}

const MOST_CLICKS = 1024;

function megabytes({ length }: Uint8Array): string {
  return `${(length / 1e6).toFixed(1)} MB`;
}
