/** What convolutions beyond stride 16 see, which is less where and more what, told at stride 16. */

import type { Node } from "../../graph/node.ts";
import { concat } from "../../graph/operations/concat.ts";
import { resize } from "../../graph/operations/resize.ts";
import {
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "../../nn/batchNorm.ts";
import type { Mode } from "../../nn/mode.ts";
import type { Parameter } from "../../nn/parameters.ts";
import type { BackboneFeatures } from "./backbone.ts";
import { sidesOf } from "./clickMaps.ts";

/** @param channels Those of the context and of the deep features, of which it becomes as many. */
export function contextParameters({
  context,
  deep,
}: {
  readonly context: number;
  readonly deep: number;
}): NormedConvolutionParameters<Parameter> {
  return normedConvolutionParameters({ channels: context, filters: deep, kernel: 1 });
}

/**
 * @returns The deep features and, where there is a context, as many channels of that beside them,
 *   `[…, channels, height, width]`.
 */
export function withContext(
  { deep, context }: BackboneFeatures,
  parameters: NormedConvolutionParameters<Node> | undefined,
  mode: Mode,
): Node {
  if (context === undefined || parameters === undefined) return deep;
  const said = resize(normedConvolution(context, parameters, {}, mode), sidesOf(deep));
  return concat([deep, said], "channels");
}
