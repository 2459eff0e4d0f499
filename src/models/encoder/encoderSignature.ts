/** Which input and output of a network are its image and its features, and what sizes it is made for. */

import { FormatError } from "../../formats/formatError.ts";
import type { Network, NetworkValue } from "../../graph/onnx/network.ts";
import type { Size } from "../../image/pixels.ts";
import { checkType, namesOf, shown } from "../onnx/values.ts";

export interface EncoderSignature {
  readonly input: string;
  readonly output: string;
  /** The sides that the file fixes. */
  readonly fixed: Partial<Size>;
}

/**
 * @param file   The name of the file, for messages.
 * @param wanted The output that was asked for.
 * @throws {FormatError} When the network takes or gives something else.
 */
export function encoderSignature(
  file: string,
  { inputs, outputs }: Network,
  wanted: string | undefined,
): EncoderSignature {
  if (inputs.length !== 1) {
    throw new FormatError(
      `${file}: expected an encoder with one input, an image, got ${namesOf(inputs)}. Make the others constants when you export the model.`,
    );
  }
  const [image] = inputs;
  checkType(file, "input", image);
  const [batch, channels, height, width] = image.sizes;
  if (image.sizes.length !== 4 || !couldBe(batch, 1) || !couldBe(channels, 3)) {
    throw new FormatError(
      `${file}: expected the input "${image.name}" to be [1, 3, height, width], got ${shown(image.sizes)}. Export the model so.`,
    );
  }
  const features = featuresAmong(file, outputs, wanted);
  checkType(file, "output", features);
  const { name, sizes } = features;
  if (sizes.length > 0 && (sizes.length !== 4 || !couldBe(sizes[0], 1))) {
    throw new FormatError(
      `${file}: expected the output "${name}" to be [1, channels, height, width], got ${shown(sizes)}. Put a Reshape or a Transpose into the model when you export it.`,
    );
  }
  return {
    input: image.name,
    output: name,
    fixed: {
      ...(isFixed(height) && { height }),
      ...(isFixed(width) && { width }),
    },
  };
}

function featuresAmong(
  file: string,
  outputs: readonly NetworkValue[],
  wanted: string | undefined,
): NetworkValue {
  const found = outputs.filter(({ name }) => wanted === undefined || name === wanted);
  if (found.length === 1) return found[0];
  throw new FormatError(
    wanted === undefined
      ? `${file}: expected one output, the features, got ${namesOf(outputs)}. Say which of them it is, by the option "output" or in the file's metadata.`
      : `${file}: expected an output called "${wanted}", got ${namesOf(outputs)}. Name one of these.`,
  );
}

/** Sizes that are no numbers above 0 are known only when the network runs. */
function isFixed(size: number | string): size is number {
  return typeof size === "number" && size > 0;
}

function couldBe(size: number | string, wanted: number): boolean {
  return !isFixed(size) || size === wanted;
}
