import type { Labels } from "../../src/attention/index.ts";
import { gather, rename } from "../../src/graph/index.ts";
import { tensor } from "../../src/tensor/index.ts";
import type { CaseInputs } from "./caseInputs.ts";

/**
 * The labels of a case as the sparse list that we work with: of `fixed`, (N, G, M, H), the tokens
 * that `labelled`, (N, G, H), marks, each weighing what it is marked with. Lists of samples and heads
 * with fewer labels than others are filled up with labels of weight zero.
 */
export function sparseLabels(inputs: CaseInputs): Labels {
  const { shape, data: labelled } = inputs.stored("labelled");
  const [batch, heads, tokens] = shape;
  const lists: number[][] = [];
  for (let group = 0; group < batch * heads; group++) {
    const marks = labelled.subarray(group * tokens, (group + 1) * tokens);
    lists.push([...marks.keys()].filter((token) => marks[token] !== 0));
  }
  const labels = Math.max(1, ...lists.map((list) => list.length));
  const token = new Int32Array(lists.length * labels);
  const weight = new Float32Array(lists.length * labels);
  for (const [group, list] of lists.entries()) {
    for (const [label, at] of list.entries()) {
      token[group * labels + label] = at;
      weight[group * labels + label] = labelled[group * tokens + at];
    }
  }
  const places = inputs.add("marked.token", tensor({ batch, heads, labels }, token));
  return {
    token: places,
    weight: inputs.add("marked.weight", tensor({ batch, heads, labels }, weight)),
    value: gather(inputs.need("fixed"), "queries", places),
  };
}

/** Every token as a label that weighs what it is marked with: the released layer's own reading. */
export function allTokensAsLabels(inputs: CaseInputs): Labels {
  const labels = inputs.stored("labelled").shape[2];
  const every = Int32Array.from({ length: labels }, (_, token) => token);
  return {
    token: inputs.add("every.token", tensor({ labels }, every)),
    weight: rename(inputs.need("labelled"), { queries: "labels" }),
    value: rename(inputs.need("fixed"), { queries: "labels" }),
  };
}
