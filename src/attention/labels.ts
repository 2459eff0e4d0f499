/**
 * What somebody said about some tokens, as a sparse list: token, value, weight.
 *
 * Tokens that are not in the list cannot leak into anything, and work on the list costs what the
 * list is long, not what the image is large.
 */

import type { Node, Value } from "../graph/node.ts";
import { gather } from "../graph/operations/gather.ts";
import { rename } from "../graph/operations/rename.ts";
import { bindAxes, type HasAxes } from "../tensor/bindAxes.ts";
import { hasAxis } from "./hasAxis.ts";
import type { Mixture } from "./mixture.ts";

export interface Labels {
  /** Which token, an index along `queries`: int, `[…, labels]`. Batch axes as needed. */
  readonly token: Node;
  /** Its value, `[…, labels, valueChannels]`. */
  readonly value: Node;
  /** How much it counts, ≥ 0, `[…, labels]`: 1 is one observation, 0 is no label. @default 1 */
  readonly weight?: Value | undefined;
}

/** The rows of a mixture's data that are labelled; their axis is `queries`, as long as the list. */
export interface LabelledRows {
  /** The mixture as those tokens see it. */
  readonly mixture: Mixture;
  /** `[…, queries, channels]`. */
  readonly query: Node;
  /** `[…, queries, valueChannels]`. */
  readonly value: Node;
  /** `[…, queries]`, or one number for all. */
  readonly weight: Value;
}

/** @throws {ShapeError} When the list does not fit together, or not with the mixture. */
export function labelledRows(
  operation: string,
  mixture: Mixture,
  query: Node,
  { token, value, weight = 1 }: Labels,
): LabelledRows {
  const list: Record<string, HasAxes> = { "labels.token": token, "labels.value": value };
  if (typeof weight !== "number") list["labels.weight"] = weight;
  bindAxes(operation, list, {
    "labels.token": ["labels"],
    "labels.value": ["labels", "valueChannels"],
    ...(typeof weight === "number" ? {} : { "labels.weight": [] }),
  });
  return {
    mixture: rowsOfMixture(mixture, asQueries(token)),
    query: gather(query, "queries", asQueries(token)),
    value: asQueries(value),
    weight: typeof weight === "number" ? weight : asQueries(weight),
  };
}

/** Rows of a tensor that varies by token: `[…, queries, rest]` at the labelled tokens. */
export function rowsAt(tensor: Node, { token }: Labels): Node {
  return gather(tensor, "queries", asQueries(token));
}

/** A mixture at these tokens: everything in it that varies by token is gathered. */
function rowsOfMixture(mixture: Mixture, token: Node): Mixture {
  return {
    ...mixture,
    logPrior: mixture.logPrior === "magnitude" ? "magnitude" : rows(mixture.logPrior, token),
    allowed: rows(mixture.allowed, token),
    queryPosition: rows(mixture.queryPosition, token),
    keyPosition: rows(mixture.keyPosition, token),
    valuePosition: rows(mixture.valuePosition, token),
  };
}

function rows(tensor: Node | undefined, token: Node): Node | undefined {
  return tensor !== undefined && hasAxis(tensor, "queries")
    ? gather(tensor, "queries", token)
    : tensor;
}

function asQueries(tensor: Node): Node {
  return hasAxis(tensor, "labels") ? rename(tensor, { labels: "queries" }) : tensor;
}
