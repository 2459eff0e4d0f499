import type { Network } from "../../graph/onnx/network.ts";
import { encoderModel } from "../encoder/encoderModel.ts";
import type { EncoderOptions } from "../encoder/encoderOptions.ts";
import type { Model } from "../model.ts";
import { clickModel } from "./clickModel.ts";

/**
 * Anybody's network as a model. Where a picture is all it takes, it is an encoder, and what it gives are
 * features; otherwise it answers clicks itself. `docs/onnx.md` and `docs/evaluation.md` describe both.
 *
 * @param file    The name of the network's file, `NAME.onnx`.
 * @param options For an encoder; they come before those in its file.
 * @throws {FormatError} When the network does not take and give what it should, or an option is wrong.
 * @throws {RangeError} When there are options for a network that answers clicks itself.
 */
export function onnxModel(file: string, network: Network, options: EncoderOptions = {}): Model {
  if (network.inputs.length === 1) return encoderModel(file, network, options);
  const [name] = Object.keys(options);
  if (name === undefined) return clickModel(file, network);
  throw new RangeError(
    `${file}: expected no option "${name}" for a network that takes clicks, since it sees colours from 0 to 1. Put that into the model.`,
  );
}
