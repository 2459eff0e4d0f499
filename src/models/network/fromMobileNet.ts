/**
 * Weights to begin with from a MobileNetV2 that was trained on ImageNet: those of the convolutional
 * stages. All else begins at random.
 *
 * Such a file has `stem`, `block01.expand`, `block01.depthwise`, `block01.project`, … each with a
 * `weight` and the `bias` that its norm was folded into.
 */

import { fromTorch, type UnnamedTensor } from "../../nn/fromTorch.ts";
import type { HostTensor } from "../../tensor/hostTensor.ts";
import { backboneParameters, blockName } from "./backbone.ts";
import type { NetworkConfiguration } from "./configuration.ts";

/**
 * @param tensors Of the file, by name; those of later blocks are left alone.
 * @returns Numbers for some parameters of the network, by path: put them over those that
 *   `initialise` makes.
 * @throws {RangeError} When the network's stages are not a MobileNet's.
 * @throws {ReferenceError} When tensors are missing.
 * @throws {ShapeError} When one has another shape.
 */
export function fromMobileNet(
  { name, backbone }: NetworkConfiguration,
  tensors: ReadonlyMap<string, UnnamedTensor>,
): Readonly<Record<string, HostTensor>> {
  if (backbone.kind !== "mobile") {
    throw new RangeError(
      `fromMobileNet: expected a network that begins as a MobileNet, got "${name}". Start it from other weights.`,
    );
  }
  const blocks = backbone.blocks.map((_, i) => [`blocks.${blockName(i)}`, blockName(i)]);
  const convolutions = ["stem", "expand", "depthwise", "project"];
  const numbers = fromTorch(backboneParameters(backbone, 0), tensors, {
    ...Object.fromEntries(blocks),
    ...Object.fromEntries(convolutions.map((own) => [`${own}.convolution`, own])),
  });
  return Object.fromEntries(
    Object.entries(numbers).map(([path, own]) => [`backbone.${path}`, own]),
  );
}
