import type { Node } from "../../graph/node.ts";
import { equal } from "../../graph/operations/equal.ts";
import { gather } from "../../graph/operations/gather.ts";
import { logSumExp } from "../../graph/operations/logSumExp.ts";
import { not } from "../../graph/operations/not.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { where } from "../../graph/operations/where.ts";
import { bindAxes } from "../../tensor/bindAxes.ts";
import { meanOfValid } from "./valid.ts";

export interface CrossEntropyOptions {
  /** A class that stands for "do not know": its pixels do not count. @default 255 */
  readonly ignoreIndex?: number | undefined;
}

/**
 * Cross-entropy over classes, the mean over the pixels that are kept:
 *
 *     mean_i  log Σ_c e^x[c,i]  −  x[y[i],i]
 *
 * @param logits x, `[…, classes, …]`.
 * @param target y, ints: a class below the number of classes, or `ignoreIndex`; the axes of the
 *   logits but `classes`.
 * @returns A number ≥ 0, without axes; 0 when no pixel is kept.
 * @throws {ShapeError} When logits and target differ in other axes than `classes`.
 */
export function crossEntropy(
  logits: Node,
  target: Node,
  { ignoreIndex = 255 }: CrossEntropyOptions = {},
): Node {
  const pixels = logits.axes.map(({ name }) => name).filter((name) => name !== "classes");
  bindAxes("crossEntropy", { logits, target }, { logits: ["classes"], target: pixels });
  const kept = not(equal(target, ignoreIndex));
  const truth = gather(logits, "classes", where(kept, target, 0));
  return meanOfValid(subtract(logSumExp(logits, "classes"), truth), kept);
}
