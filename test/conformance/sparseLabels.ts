import type { Labels } from "../../src/attention/index.ts";
import { tensor } from "../../src/tensor/index.ts";
import type { CaseInputs } from "./caseInputs.ts";

/**
 * The labels of a case as the sparse list that we work with: of `fixed`, (N, G, M, H), the tokens
 * that `labelled`, (N, G, H), marks, each weighing what it is marked with. Lists of samples and heads
 * with fewer labels than others are filled up with labels of weight zero.
 */
export function sparseLabels(inputs: CaseInputs): Labels {
  const { shape, data: fixed } = inputs.stored("fixed");
  const { data: labelled } = inputs.stored("labelled");
  const [batch, heads, valueChannels, tokens] = shape;
  const lists: number[][] = [];
  for (let group = 0; group < batch * heads; group++) {
    const marks = labelled.subarray(group * tokens, (group + 1) * tokens);
    lists.push([...marks.keys()].filter((token) => marks[token] !== 0));
  }
  const labels = Math.max(1, ...lists.map((list) => list.length));
  const token = new Int32Array(lists.length * labels);
  const weight = new Float32Array(lists.length * labels);
  const value = new Float32Array(lists.length * valueChannels * labels);
  for (const [group, list] of lists.entries()) {
    for (const [label, at] of list.entries()) {
      token[group * labels + label] = at;
      weight[group * labels + label] = labelled[group * tokens + at];
      for (let channel = 0; channel < valueChannels; channel++) {
        const row = group * valueChannels + channel;
        value[row * labels + label] = fixed[row * tokens + at];
      }
    }
  }
  return {
    token: inputs.add("labels.token", tensor({ batch, heads, labels }, token)),
    weight: inputs.add("labels.weight", tensor({ batch, heads, labels }, weight)),
    value: inputs.add("labels.value", tensor({ batch, heads, valueChannels, labels }, value)),
  };
}
