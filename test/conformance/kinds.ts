import type { Node } from "../../src/graph/index.ts";
import { axialCase } from "./axialCase.ts";
import { asppCase, bottleneckCase, gridAttentionCase } from "./blockCases.ts";
import type { AxisNames, CaseInputs } from "./caseInputs.ts";
import {
  geluCase,
  linearCase,
  logSoftmaxCase,
  logSumExpCase,
  reluCase,
  sigmoidCase,
  softmaxCase,
  softplusCase,
} from "./elementaryCases.ts";
import { adaptKeysCase, densityCase, mapValuesCase, propagateValuesCase } from "./equationCases.ts";
import {
  adaptiveAveragePoolCase,
  averagePoolCase,
  convolutionCase,
  maxPoolCase,
  resizeCase,
} from "./imageCases.ts";
import { layerCase } from "./layerCase.ts";
import {
  bceWithLogitsCase,
  crossEntropyCase,
  focalCase,
  normalisedFocalCase,
  softIoUCase,
} from "./lossCases.ts";
import { batchNormCase, groupNormCase, layerNormCase } from "./normCases.ts";
import { optimiserCase } from "./optimiserCase.ts";
import type { Case } from "./pack.ts";

/** What a case comes to, by the name its expectations use, axes in the order of the pack. */
export type Outputs = Readonly<Record<string, Node>>;

/** How cases of one kind are set up. */
export interface KindOfCase {
  /** Every input such a case may have, and its axes. */
  readonly axes: Readonly<Record<string, AxisNames>>;
  /** Inputs that may have axes of size 1 standing for all. */
  readonly broadcasts: readonly string[];
  outputs(testCase: Case, inputs: CaseInputs): Outputs;
  /** What `grad:` expectations differentiate; with a `cot`, its sum with that. @default `out` */
  differentiated?(outputs: Outputs): Node;
}

/** The kinds of cases we can run. One line each; a kind that is not here counts as not supported. */
export const kinds: Readonly<Record<string, KindOfCase>> = {
  layer: layerCase,
  density: densityCase,
  "map-values": mapValuesCase,
  "adapt-keys": adaptKeysCase,
  "propagate-values": propagateValuesCase,
  axial2d: axialCase,
  normalisedFocal: normalisedFocalCase,
  focal: focalCase,
  softIoU: softIoUCase,
  bceWithLogits: bceWithLogitsCase,
  crossEntropy: crossEntropyCase,
  optimiser: optimiserCase,
  conv2d: convolutionCase,
  resize: resizeCase,
  maxPool: maxPoolCase,
  avgPool: averagePoolCase,
  adaptiveAvgPool: adaptiveAveragePoolCase,
  relu: reluCase,
  gelu: geluCase,
  sigmoid: sigmoidCase,
  softplus: softplusCase,
  softmax: softmaxCase,
  logSoftmax: logSoftmaxCase,
  logSumExp: logSumExpCase,
  linear: linearCase,
  batchNorm: batchNormCase,
  groupNorm: groupNormCase,
  layerNorm: layerNormCase,
  bottleneck: bottleneckCase,
  aspp: asppCase,
  gridAttention: gridAttentionCase,
};
