import { batchNorm, groupNorm, layerNorm, type Mode, training } from "../../src/nn/index.ts";
import { type AxisNames, exactly } from "./caseInputs.ts";
import { optionsOf } from "./caseOptions.ts";
import type { KindOfCase } from "./kinds.ts";

const CHANNELS = exactly("channels");

/** Images, lines of tokens, or tokens by themselves. */
const CHANNELLED: AxisNames = (rank) => ["batch", "channels", "height", "width"].slice(0, rank);

export const batchNormCase: KindOfCase = {
  axes: {
    x: CHANNELLED,
    weight: CHANNELS,
    bias: CHANNELS,
    runningMean: CHANNELS,
    runningVar: CHANNELS,
    cot: CHANNELLED,
  },
  broadcasts: [],
  outputs(testCase, inputs) {
    const { train, eps, momentum } = optionsOf(testCase, ["train", "eps", "momentum"]);
    const [runningMean, runningVariance] = [inputs.need("runningMean"), inputs.need("runningVar")];
    const parameters = {
      weight: inputs.need("weight"),
      bias: inputs.need("bias"),
      runningMean,
      runningVariance,
    };
    const step = training();
    const mode: Mode = train === true ? step : "inference";
    const out = batchNorm(inputs.need("x"), parameters, mode, {
      epsilon: eps as number,
      momentum: momentum as number,
    });
    return {
      out,
      runningMeanAfter: step.updates.get(runningMean) ?? runningMean,
      runningVarAfter: step.updates.get(runningVariance) ?? runningVariance,
    };
  },
};

export const groupNormCase: KindOfCase = {
  axes: { x: CHANNELLED, weight: CHANNELS, bias: CHANNELS, cot: CHANNELLED },
  broadcasts: [],
  outputs(testCase, inputs) {
    const { groups, eps } = optionsOf(testCase, ["groups", "eps"]);
    const parameters = { weight: inputs.need("weight"), bias: inputs.need("bias") };
    const options = { groups: groups as number, epsilon: eps as number };
    return { out: groupNorm(inputs.need("x"), parameters, options) };
  },
};

const TOKENS: AxisNames = (rank) => [
  ...Array.from({ length: rank - 1 }, (_, i) => `batch ${i}`),
  "features",
];

export const layerNormCase: KindOfCase = {
  axes: { x: TOKENS, weight: exactly("features"), bias: exactly("features"), cot: TOKENS },
  broadcasts: [],
  outputs(testCase, inputs) {
    const { eps } = optionsOf(testCase, ["eps"]);
    const parameters = { weight: inputs.need("weight"), bias: inputs.need("bias") };
    return { out: layerNorm(inputs.need("x"), parameters, { epsilon: eps as number }) };
  },
};
