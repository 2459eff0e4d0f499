import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { rename } from "../graph/operations/rename.ts";
import { uniform, zeros } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";

export type LinearParameters<Leaf> = {
  /** `[outputs, features]` */
  readonly weight: Leaf;
  /** `[features]`, as many as outputs. */
  readonly bias?: Leaf | undefined;
};

/** What a linear layer needs; weights begin uniform within 1/√from. */
export function linearParameters({
  from,
  to,
  bias = true,
}: {
  readonly from: number;
  readonly to: number;
  readonly bias?: boolean;
}): LinearParameters<Parameter> {
  const initial = uniform(1 / Math.sqrt(from));
  const weight = learnt({ outputs: to, features: from }, initial);
  return bias ? { weight, bias: learnt({ features: to }, zeros) } : { weight };
}

/**
 * `y[…, o] = Σ_f weight[o, f] · x[…, f] + bias[o]`.
 *
 * @param x `[…, features]`.
 * @returns `[…, features]`, as many as the weight has outputs.
 * @throws {ShapeError} When x has other features than the weight.
 */
export function linear(x: Node, { weight, bias }: LinearParameters<Node>): Node {
  const y = rename(contract(x, weight, "features"), { outputs: "features" });
  return bias === undefined ? y : add(y, bias);
}
