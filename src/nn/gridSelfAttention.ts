/**
 * Self-attention of an image on its own grid, several heads side by side; see `gridAttention`.
 */

import type { Node } from "../graph/node.ts";
import { contract } from "../graph/operations/contract.ts";
import { merge } from "../graph/operations/merge.ts";
import { rename } from "../graph/operations/rename.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { split } from "../graph/operations/split.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import { gridAttention } from "./gridAttention.ts";
import { normal, xavier } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";

/** What the heads of a self-attention on a grid need. */
export type GridSelfAttentionParameters<Leaf> = {
  /** From channels to each head's query, key and value, `[heads, headChannels, channels]`. */
  readonly query: Leaf;
  readonly key: Leaf;
  readonly value: Leaf;
  /** Shared by the heads, `[offsets, headChannels]`; see `gridAttention`. */
  readonly heightTable: Leaf;
  readonly widthTable: Leaf;
};

export interface GridSelfAttentionSize {
  /** Channels that come in, and go out; a multiple of the heads. */
  readonly channels: number;
  /** @default 4 */
  readonly heads?: number;
  /** The image it is for, in pixels. */
  readonly height: number;
  readonly width: number;
}

export function gridSelfAttentionParameters({
  channels,
  heads = 4,
  height,
  width,
}: GridSelfAttentionSize): GridSelfAttentionParameters<Parameter> {
  const headChannels = channels / heads;
  const projection = learnt({ heads, headChannels, channels }, xavier("channels"));
  const table = (offsets: number): Parameter =>
    learnt({ offsets, headChannels }, normal(1 / Math.sqrt(headChannels)));
  return {
    query: projection,
    key: projection,
    value: projection,
    heightTable: table(2 * height - 1),
    widthTable: table(2 * width - 1),
  };
}

/**
 * Every pixel attends to every pixel, several heads side by side.
 *
 * @param x `[…, channels, height, width]`.
 * @returns The same axes: the value channels of head after head.
 * @throws {ShapeError} When the tables are for another image.
 */
export function gridSelfAttention(
  x: Node,
  { query, key, value, heightTable, widthTable }: GridSelfAttentionParameters<Node>,
): Node {
  const { height, width } = bindAxes(
    "gridSelfAttention",
    { x, query, key, value },
    {
      x: ["channels", "height", "width"],
      query: ["heads", "headChannels", "channels"],
      key: ["heads", "headChannels", "channels"],
      value: ["heads", "headChannels", "channels"],
    },
  );
  const tokens = merge(x, ["height", "width"], "tokens");
  const part = (weight: Node, channels: string, role: string): Node =>
    rename(contract(weight, tokens, "channels"), { headChannels: channels, tokens: role });
  const { value: attended } = gridAttention(
    {
      query: part(query, "channels", "queries"),
      key: part(key, "channels", "keys"),
      value: part(value, "valueChannels", "keys"),
      heightTable: rename(heightTable, { headChannels: "channels" }),
      widthTable: rename(widthTable, { headChannels: "channels" }),
    },
    { height, width },
  );
  const headByHead = reorder(attended, ["heads", "valueChannels", "queries"]);
  return split(merge(headByHead, ["heads", "valueChannels"], "channels"), "queries", {
    height,
    width,
  });
}
