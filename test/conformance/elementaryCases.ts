/** What is done to numbers one by one, or along one axis. */

import {
  gelu,
  logSoftmax,
  logSumExp,
  type Node,
  relu,
  sigmoid,
  softmax,
  softplus,
} from "../../src/graph/index.ts";
import { linear } from "../../src/nn/index.ts";
import { type AxisNames, exactly, NotSupported } from "./caseInputs.ts";
import { optionsOf } from "./caseOptions.ts";
import type { KindOfCase } from "./kinds.ts";

/** Axes by their number. */
const numbered: AxisNames = (rank) => Array.from({ length: rank }, (_, i) => `axis ${i}`);

/** The last axis is the features. */
const FEATURES: AxisNames = (rank) => [...numbered(rank - 1), "features"];

export const reluCase: KindOfCase = entrywise(relu);
export const sigmoidCase: KindOfCase = entrywise(sigmoid);
export const softplusCase: KindOfCase = entrywise(softplus);

export const geluCase: KindOfCase = {
  ...entrywise(gelu),
  outputs(testCase, inputs) {
    const { approximate = "none" } = optionsOf(testCase, ["approximate"]);
    if (approximate !== "none") throw new NotSupported(`gelu by ${approximate}`);
    return { out: gelu(inputs.need("x")) };
  },
};

export const softmaxCase: KindOfCase = alongAxis(softmax);
export const logSoftmaxCase: KindOfCase = alongAxis(logSoftmax);
export const logSumExpCase: KindOfCase = alongAxis(logSumExp);

export const linearCase: KindOfCase = {
  axes: {
    x: FEATURES,
    weight: exactly("outputs", "features"),
    bias: exactly("features"),
    cot: FEATURES,
  },
  broadcasts: [],
  outputs(testCase, inputs) {
    optionsOf(testCase, []);
    const parameters = { weight: inputs.need("weight"), bias: inputs.get("bias") };
    return { out: linear(inputs.need("x"), parameters) };
  },
};

function entrywise(build: (x: Node) => Node): KindOfCase {
  return {
    axes: { x: numbered, cot: numbered },
    broadcasts: [],
    outputs: (testCase, inputs) => {
      optionsOf(testCase, []);
      return { out: build(inputs.need("x")) };
    },
  };
}

function alongAxis(build: (x: Node, axis: string) => Node): KindOfCase {
  return {
    axes: { x: numbered, cot: numbered },
    broadcasts: [],
    outputs(testCase, inputs) {
      const x = inputs.need("x");
      const axis = optionsOf(testCase, ["axis"])["axis"] as number;
      const name = x.axes.at(axis)?.name ?? "";
      return { out: build(x, name) };
    },
  };
}
