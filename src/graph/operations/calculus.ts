import type { Calculus } from "../calculus.ts";
import { add } from "./add.ts";
import { attention } from "./attention.ts";
import { attentionAdjoint } from "./attentionAdjoint.ts";
import { concat } from "./concat.ts";
import { contract } from "./contract.ts";
import { convolve } from "./convolve.ts";
import { convolveTransposed } from "./convolveTransposed.ts";
import { convolveWeightAdjoint } from "./convolveWeightAdjoint.ts";
import { divide } from "./divide.ts";
import { equal } from "./equal.ts";
import { exp } from "./exp.ts";
import { expand } from "./expand.ts";
import { flip } from "./flip.ts";
import { gather } from "./gather.ts";
import { largest } from "./largest.ts";
import { less } from "./less.ts";
import { lessOrEqual } from "./lessOrEqual.ts";
import { log } from "./log.ts";
import { maxPoolIndices } from "./maxPoolIndices.ts";
import { merge } from "./merge.ts";
import { multiply } from "./multiply.ts";
import { negate } from "./negate.ts";
import { pad } from "./pad.ts";
import { power } from "./power.ts";
import { rename } from "./rename.ts";
import { reorder } from "./reorder.ts";
import { resample } from "./resample.ts";
import { scatterAdd } from "./scatterAdd.ts";
import { sigmoid } from "./sigmoid.ts";
import { slice } from "./slice.ts";
import { softmax } from "./softmax.ts";
import { split } from "./split.ts";
import { subtract } from "./subtract.ts";
import { sum } from "./sum.ts";
import { toFloat } from "./toFloat.ts";
import { where } from "./where.ts";

/** What is handed to the rules of operations. */
export const calculus: Calculus = {
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  log,
  exp,
  equal,
  less,
  lessOrEqual,
  where,
  toFloat,
  sum,
  largest,
  sigmoid,
  softmax,
  contract,
  attention,
  attentionAdjoint,
  expand,
  rename,
  reorder,
  split,
  merge,
  slice,
  concat,
  pad,
  flip,
  gather,
  scatterAdd,
  convolve,
  convolveTransposed,
  convolveWeightAdjoint,
  maxPoolIndices,
  resample,
};
