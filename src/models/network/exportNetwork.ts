/**
 * A network as two ONNX files, for programs that know nothing of Maskwise: one to look at a picture
 * once, one to answer every set of clicks. What the first gives, the second takes, by the same names;
 * `docs/onnx.md` says how to run them.
 */

import { type OnnxOptions, writeOnnx } from "../../graph/onnx/writeOnnx.ts";
import type { Size } from "../../image/pixels.ts";
import { ENCODER_METADATA, type EncoderOptions } from "../encoder/encoderOptions.ts";
import type { NetworkFile } from "./networkFile.ts";
import { networkGraphs, SHORTEST_LIST } from "./networkGraphs.ts";

export interface ExportOptions {
  /** Of the picture that the files are made for. @default a square of the configuration's side */
  readonly size?: Size | undefined;
  /** How many clicks there is room for. @default 32 */
  readonly clicks?: number | undefined;
  /** Version of what wrote the files. @default "" */
  readonly producerVersion?: string;
  /** What numbers are kept in inside; inputs and outputs are single precision. @default "float32" */
  readonly precision?: OnnxOptions["precision"];
}

export interface ExportedNetwork {
  readonly size: Size;
  readonly clicks: number;
  /** The bytes of the two files. */
  readonly encoder: Uint8Array;
  readonly click: Uint8Array;
}

/** What inputs and outputs mean, as the files say themselves. */
const MEANINGS: Readonly<Record<string, string>> = {
  image: "red, green, blue, from 0 to 1",
  row: "of each click, in pixels of image: the centre of its upper left pixel is 0.5",
  column: "of each click, likewise",
  says: "1 where the click says object, 0 where it says background",
  weight: "1 for a click, 0 for an entry without one",
  start: "a mask to start from: 1 object, -1 background, 0 unknown, between them less sure",
  logits: "of the object: above 0 it is more probable than the background",
};

/**
 * @throws {RangeError} When the network has no encoder of its own, since clicks enter early, or the
 *   number of clicks is no whole number from 1.
 * @throws {ShapeError} When sides are not multiples of what the network's have to be.
 */
export function exportNetwork(
  { configuration, numbers, notes }: NetworkFile,
  {
    size = { width: configuration.side, height: configuration.side },
    clicks = SHORTEST_LIST,
    producerVersion = "",
    precision = "float32",
  }: ExportOptions = {},
): ExportedNetwork {
  const { name, interaction } = configuration;
  if (interaction.entry === "early") {
    throw new RangeError(
      `exportNetwork: expected a network that clicks enter late, got "${name}", whose clicks enter early: there is no encoder without them. Export another.`,
    );
  }
  if (!Number.isSafeInteger(clicks) || clicks < 1) {
    throw new RangeError(`exportNetwork: expected a whole number of clicks from 1, got ${clicks}.`);
  }
  const graphs = networkGraphs(configuration, numbers);
  const { encode, features } = graphs.seeing(size);
  // As an encoder for whatever else, the first file has its finest features.
  const asEncoder: EncoderOptions = { output: "fine" };
  const about = {
    ...notes,
    name,
    size: `${size.width}x${size.height}`,
    configuration: JSON.stringify(configuration),
    [ENCODER_METADATA]: JSON.stringify(asEncoder),
  };
  const file = (part: string, graph: typeof encode) =>
    writeOnnx(graph, {
      name: `${name}.${part}`,
      producerVersion,
      precision,
      metadata: { ...about, ...meaningsOf(graph) },
    });
  return {
    size,
    clicks,
    encoder: file("encoder", encode),
    click: file("click", graphs.answering(size, features, clicks)),
  };
}

/** By `input.NAME` and `output.NAME`. */
function meaningsOf({ inputs, outputs }: { readonly inputs: object; readonly outputs: object }) {
  const meanings = (kind: string, values: object) =>
    Object.keys(values).map((name) => [
      `${kind}.${name}`,
      MEANINGS[name] ?? "features: an output of the encoder, an input of the click graph",
    ]);
  return Object.fromEntries([...meanings("input", inputs), ...meanings("output", outputs)]);
}
