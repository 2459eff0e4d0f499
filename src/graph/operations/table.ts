import type { Operation } from "../operation.ts";
import type { OperationName } from "../vocabulary.ts";
import { absOperation } from "./abs.ts";
import { addOperation } from "./add.ts";
import { andOperation } from "./and.ts";
import { attentionOperation } from "./attention.ts";
import { attentionAdjointOperation } from "./attentionAdjoint.ts";
import { clampOperation } from "./clamp.ts";
import { concatOperation } from "./concat.ts";
import { constantOperation } from "./constant.ts";
import { contractOperation } from "./contract.ts";
import { convolveOperation } from "./convolve.ts";
import { convolveTransposedOperation } from "./convolveTransposed.ts";
import { convolveWeightAdjointOperation } from "./convolveWeightAdjoint.ts";
import { divideOperation } from "./divide.ts";
import { equalOperation } from "./equal.ts";
import { erfOperation } from "./erf.ts";
import { expOperation } from "./exp.ts";
import { expandOperation } from "./expand.ts";
import { flipOperation } from "./flip.ts";
import { gatherOperation } from "./gather.ts";
import { inputOperation } from "./input.ts";
import { largestOperation } from "./largest.ts";
import { lessOperation } from "./less.ts";
import { lessOrEqualOperation } from "./lessOrEqual.ts";
import { logOperation } from "./log.ts";
import { logSumExpOperation } from "./logSumExp.ts";
import { logTotalsOperation } from "./logTotals.ts";
import { maximumOperation } from "./maximum.ts";
import { maxPoolOperation } from "./maxPool.ts";
import { maxPoolIndicesOperation } from "./maxPoolIndices.ts";
import { mergeOperation } from "./merge.ts";
import { minimumOperation } from "./minimum.ts";
import { multiplyOperation } from "./multiply.ts";
import { negateOperation } from "./negate.ts";
import { notOperation } from "./not.ts";
import { orOperation } from "./or.ts";
import { padOperation } from "./pad.ts";
import { powerOperation } from "./power.ts";
import { renameOperation } from "./rename.ts";
import { reorderOperation } from "./reorder.ts";
import { resampleOperation } from "./resample.ts";
import { scatterAddOperation } from "./scatterAdd.ts";
import { sigmoidOperation } from "./sigmoid.ts";
import { sliceOperation } from "./slice.ts";
import { softmaxOperation } from "./softmax.ts";
import { softplusOperation } from "./softplus.ts";
import { splitOperation } from "./split.ts";
import { sqrtOperation } from "./sqrt.ts";
import { stopGradientOperation } from "./stopGradient.ts";
import { subtractOperation } from "./subtract.ts";
import { sumOperation } from "./sum.ts";
import { tanhOperation } from "./tanh.ts";
import { toFloatOperation } from "./toFloat.ts";
import { whereOperation } from "./where.ts";

/** Every primitive operation. Total by type: leave one out and it does not compile. */
export const operations: { readonly [Name in OperationName]: Operation<Name> } = {
  input: inputOperation,
  constant: constantOperation,
  add: addOperation,
  subtract: subtractOperation,
  multiply: multiplyOperation,
  divide: divideOperation,
  power: powerOperation,
  maximum: maximumOperation,
  minimum: minimumOperation,
  negate: negateOperation,
  exp: expOperation,
  log: logOperation,
  sqrt: sqrtOperation,
  abs: absOperation,
  tanh: tanhOperation,
  sigmoid: sigmoidOperation,
  erf: erfOperation,
  softplus: softplusOperation,
  clamp: clampOperation,
  equal: equalOperation,
  less: lessOperation,
  lessOrEqual: lessOrEqualOperation,
  and: andOperation,
  or: orOperation,
  not: notOperation,
  where: whereOperation,
  toFloat: toFloatOperation,
  sum: sumOperation,
  largest: largestOperation,
  contract: contractOperation,
  softmax: softmaxOperation,
  logSumExp: logSumExpOperation,
  attention: attentionOperation,
  attentionAdjoint: attentionAdjointOperation,
  logTotals: logTotalsOperation,
  convolve: convolveOperation,
  convolveTransposed: convolveTransposedOperation,
  convolveWeightAdjoint: convolveWeightAdjointOperation,
  maxPool: maxPoolOperation,
  maxPoolIndices: maxPoolIndicesOperation,
  resample: resampleOperation,
  rename: renameOperation,
  reorder: reorderOperation,
  split: splitOperation,
  merge: mergeOperation,
  slice: sliceOperation,
  concat: concatOperation,
  gather: gatherOperation,
  scatterAdd: scatterAddOperation,
  flip: flipOperation,
  pad: padOperation,
  expand: expandOperation,
  stopGradient: stopGradientOperation,
};
