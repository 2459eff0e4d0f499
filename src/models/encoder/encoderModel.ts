/**
 * Anybody's encoder as a model, without training: whatever grid of features it makes of a picture, the
 * mixtures of the colour model go by it. Components learn what labels look like in terms of the
 * features; colours and places still say where things end. `docs/onnx.md` describes what a file must have.
 *
 * The network runs once per picture; clicks are answered from what it saw.
 */

import { FormatError } from "../../formats/formatError.ts";
import type { Network, Numbers } from "../../graph/onnx/network.ts";
import { colourPlanes } from "../../image/colourPlanes.ts";
import type { Picture, Plane, Size } from "../../image/pixels.ts";
import { resizePicture, resizePlane } from "../../image/resize.ts";
import { mixtureModel } from "../colour/colour.ts";
import { COLOUR } from "../colour/constants.ts";
import type { Look, LookAt } from "../colour/looks.ts";
import type { Model } from "../model.ts";
import { shown } from "../onnx/values.ts";
import { workingSize } from "../workingSize.ts";
import { type EncoderOptions, type EncoderWishes, encoderWishes } from "./encoderOptions.ts";
import { type EncoderSignature, encoderSignature } from "./encoderSignature.ts";
import { principalParts } from "./principalParts.ts";

/** So many directions of features are looked at. */
const PARTS = 24;
/** How far features lie from their mean, all directions together, in standard deviations of a component. */
const SPREAD = 2;

/**
 * @param file The name of the network's file, `NAME.onnx`.
 * @throws {FormatError} When the network takes or gives something else, or an option is wrong.
 */
export function encoderModel(file: string, network: Network, options: EncoderOptions = {}): Model {
  const wishes = encoderWishes(file, network.metadata ?? {}, options);
  const signature = encoderSignature(file, network, wishes.output);
  const lookAt: LookAt = async ({ whole, grid }) => {
    const image = imageFor(whole, signature, wishes);
    const { [signature.output]: features } = await network.run({ [signature.input]: image });
    return looksOf(planesOf(file, signature.output, features), grid);
  };
  return mixtureModel(file.replace(/\.onnx$/i, ""), lookAt, COLOUR);
}

/** What the network looks at: `[1, 3, height, width]`. */
function imageFor(picture: Picture, { fixed }: EncoderSignature, wishes: EncoderWishes): Numbers {
  const { range, mean, deviation, order, side, multiple } = wishes;
  const open = workingSize(picture, side, multiple);
  const size = { width: fixed.width ?? open.width, height: fixed.height ?? open.height };
  const planes = colourPlanes(resizePicture(picture, size));
  const pixels = size.width * size.height;
  const data = new Float32Array(planes.length);
  for (let colour = 0; colour < 3; colour++) {
    const to = (order === "rgb" ? colour : 2 - colour) * pixels;
    for (let at = 0; at < pixels; at++) {
      data[to + at] = (range * planes[colour * pixels + at] - mean[colour]) / deviation[colour];
    }
  }
  return { sizes: [1, 3, size.height, size.width], data };
}

/** The features, one plane for each channel. */
function planesOf(file: string, name: string, { sizes, data }: Numbers): readonly Plane[] {
  const [batch, channels, height, width] = sizes;
  if (sizes.length !== 4 || batch !== 1 || data.length === 0) {
    throw new FormatError(
      `${file}: expected the output "${name}" to be [1, channels, height, width], got ${shown(sizes)}. Export the model so.`,
    );
  }
  const wrong = data.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new FormatError(
      `${file}: expected finite features, got ${wrong}. Look for a division by 0, or a logarithm of it.`,
    );
  }
  return Array.from({ length: channels }, (_, channel) => ({
    width,
    height,
    data: data.subarray(channel * height * width, (channel + 1) * height * width),
  }));
}

/** Features as looks of tokens: what varies most of them, at the size of the grid, all of one scale. */
function looksOf(planes: readonly Plane[], grid: Size): readonly Look[] {
  const [{ width, height }] = planes;
  const parts = principalParts(
    planes.map(({ data }) => data),
    PARTS,
  );
  const squares = parts.reduce(
    (sum, part) => part.reduce((own, value) => own + value ** 2, sum),
    0,
  );
  const sigma = Math.sqrt(squares / (width * height)) / SPREAD;
  return parts.map((data) => ({
    plane: resizePlane({ width, height, data }, grid),
    // Features that are everywhere alike say nothing, at any scale.
    sigma: sigma > 0 ? sigma : 1,
  }));
}
