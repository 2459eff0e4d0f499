/**
 * Attention on a grid, one side at a time: every column attends down its height, then every row of
 * the result along its width. O(h + w) units per token instead of O(h · w).
 *
 *     x → project → attend down every column → project → attend along every row
 *
 * In the released form, which is the default, logits are α (q·ξ + q·r + ξ·r') and the value is
 * Σ w (μ + s).
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 4 (axial attention); the form is
 *   that of Wang et al. 2020, arXiv:2003.07853 (axial-deeplab).
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { merge } from "../graph/operations/merge.ts";
import { rename } from "../graph/operations/rename.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { slice } from "../graph/operations/slice.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import { ShapeError } from "../tensor/hostTensor.ts";
import { type AttentionOptions, attend } from "./attend.ts";
import { linePositions } from "./positions.ts";

/** What one side's attention has learnt. Tables are shared by the heads unless they have that axis. */
export interface AxialWeights {
  /**
   * From features to each head's query, key and value, `[heads, parts, features]`: along `parts`
   * first the channels of queries, then as many of keys, then those of values.
   */
  readonly projection: Node;
  /** r and r', `[channels, offsets]`, 2 · side − 1 offsets; see `linePositions`. */
  readonly queryTable: Node;
  readonly keyTable: Node;
  /** s, `[valueChannels, offsets]`. */
  readonly valueTable: Node;
}

export interface AxialAttentionOptions extends AttentionOptions {
  /** α. @default 1/√channels */
  readonly keyPrecision?: Value | undefined;
  /** β. @default 0, the limit in which values are averaged */
  readonly valuePrecision?: Value | undefined;
}

export interface AxialAttention {
  /** After the columns alone, `[…, features, height, width]`. */
  readonly afterHeight: Node;
  /** After columns and rows. Features are the value channels of head after head. */
  readonly out: Node;
}

/**
 * @param x `[…, features, height, width]`.
 * @throws {ShapeError} When projection and tables do not fit x or each other.
 */
export function axialAttention(
  x: Node,
  weights: { readonly height: AxialWeights; readonly width: AxialWeights },
  options: AxialAttentionOptions = {},
): AxialAttention {
  const afterHeight = attendAlong("height", x, weights.height, options);
  return { afterHeight, out: attendAlong("width", afterHeight, weights.width, options) };
}

function attendAlong(
  side: "height" | "width",
  x: Node,
  { projection, queryTable, keyTable, valueTable }: AxialWeights,
  { keyPrecision, valuePrecision = 0, ...options }: AxialAttentionOptions,
): Node {
  const size = bindAxes(
    "axialAttention",
    { x, projection, queryTable, keyTable, valueTable },
    {
      x: ["features", "height", "width"],
      projection: ["heads", "parts", "features"],
      queryTable: ["channels", "offsets"],
      keyTable: ["channels", "offsets"],
      valueTable: ["valueChannels", "offsets"],
    },
  );
  if (size.parts !== 2 * size.channels + size.valueChannels) {
    throw new ShapeError(
      `axialAttention: expected projection to have 2 · ${size.channels} + ${size.valueChannels} parts for queries, keys and values as the tables have channels, got ${size.parts}.`,
    );
  }
  const parts = contract(projection, x, "features");
  const part = (from: number, to: number, names: Readonly<Record<string, string>>): Node =>
    rename(slice(parts, "parts", from, to), names);
  const line = { queries: size[side], keys: size[side] };
  const { value, position } = attend(
    {
      query: part(0, size.channels, { parts: "channels", [side]: "queries" }),
      key: part(size.channels, 2 * size.channels, { parts: "channels", [side]: "keys" }),
      value: part(2 * size.channels, size.parts, { parts: "valueChannels", [side]: "keys" }),
      keyPrecision: keyPrecision ?? 1 / Math.sqrt(size.channels),
      valuePrecision,
      queryPosition: linePositions(queryTable, line),
      keyPosition: linePositions(keyTable, line),
      valuePosition: linePositions(valueTable, line),
    },
    { prior: "magnitude", queryPositionDensity: "product", inferenceSteps: 0, ...options },
  );
  const both = position === undefined ? value : add(value, position);
  return asFeatures(rename(both, { queries: side }));
}

/** `[…, heads, valueChannels, height, width]` with head after head as features. */
function asFeatures(x: Node): Node {
  const own = ["heads", "valueChannels", "height", "width"];
  const batch = x.axes.map(({ name }) => name).filter((name) => !own.includes(name));
  return merge(reorder(x, [...batch, ...own]), ["heads", "valueChannels"], "features");
}
