/** The kinds whose source is the equations: densities and the three kinds of EM, as printed. */

import {
  adaptKeys,
  expectedValue,
  inferValues,
  logConditional,
  logJoint,
  logQueryMarginal,
  type Mixture,
  propagateValues,
  responsibilities,
  withFrozenPrior,
  withMixingWeights,
} from "../../src/attention/index.ts";
import { add, concat, expand, type Node, reorder } from "../../src/graph/index.ts";
import { type CaseInputs, exactly, fromTheRight, NotSupported } from "./caseInputs.ts";
import type { KindOfCase, Outputs } from "./kinds.ts";
import type { Case } from "./pack.ts";
import { sparseLabels } from "./sparseLabels.ts";

const QUERY = ["batch", "heads", "channels", "queries"];
const KEY = ["batch", "heads", "channels", "keys"];
const MEAN = ["batch", "heads", "valueChannels", "keys"];
const VALUE = ["batch", "heads", "valueChannels", "queries"];

const MIXTURE = {
  q: exactly(...QUERY),
  key: exactly(...KEY),
  mu: exactly(...MEAN),
  alpha: precision("channels"),
  beta: precision("valueChannels"),
  pi: fromTheRight("batch", "heads", "queries", "keys"),
  qPos: exactly("channels", "queries", "keys"),
  mask: fromTheRight("batch", "heads", "queries", "keys"),
  cot: (rank: number) => (rank === 3 ? ["batch", "heads", "queries"] : VALUE),
};
const BROADCASTS = ["alpha", "beta", "pi", "theta", "mask"];

export const densityCase: KindOfCase = {
  axes: { ...MIXTURE, v: exactly(...VALUE) },
  broadcasts: BROADCASTS,
  outputs(testCase, inputs) {
    const mixture = mixtureOf(testCase, inputs);
    const query = inputs.need("q");
    const value = inputs.need("v");
    const perToken = ["batch", "heads", "queries"];
    return {
      joint: reorder(logJoint(mixture, query, value), perToken),
      queryMarginal: reorder(logQueryMarginal(mixture, query), perToken),
      conditional: reorder(logConditional(mixture, query, value), perToken),
      responsibilities: reorder(responsibilities(mixture, query, value), [...perToken, "keys"]),
    };
  },
  differentiated: ({ joint, conditional }) => add(joint, conditional),
};

export const mapValuesCase: KindOfCase = {
  axes: { ...MIXTURE, v0: exactly(...VALUE) },
  broadcasts: BROADCASTS,
  outputs(testCase, inputs) {
    const { value, values, objective } = inferValues(
      mixtureOf(testCase, inputs),
      inputs.need("q"),
      { steps: stepsOf(testCase), start: inputs.get("v0") },
    );
    return {
      values: stacked(values, VALUE),
      objective: stacked(objective, ["batch", "heads", "queries"]),
      out: reorder(value, VALUE),
    };
  },
};

export const adaptKeysCase: KindOfCase = {
  axes: { ...MIXTURE, theta: fromTheRight(...KEY) },
  broadcasts: BROADCASTS,
  outputs(testCase, inputs) {
    const query = inputs.need("q");
    const { mixture, keys, logLikelihood, logPosterior } = adaptKeys(
      mixtureOf(testCase, inputs),
      query,
      emOptions(testCase, inputs),
    );
    return {
      keys: stacked(keys, KEY),
      ...objectives(logLikelihood, logPosterior),
      out: reorder(expectedValue(mixture, query), VALUE),
    };
  },
};

export const propagateValuesCase: KindOfCase = {
  axes: {
    ...MIXTURE,
    theta: fromTheRight(...MEAN),
    fixed: exactly(...VALUE),
    labelled: exactly("batch", "heads", "queries"),
  },
  broadcasts: BROADCASTS,
  outputs(testCase, inputs) {
    const query = inputs.need("q");
    const { mixture, values, logLikelihood, logPosterior } = propagateValues(
      mixtureOf(testCase, inputs),
      query,
      sparseLabels(inputs),
      emOptions(testCase, inputs),
    );
    return {
      means: stacked(values, MEAN),
      ...objectives(logLikelihood, logPosterior),
      out: reorder(expectedValue(mixture, query), VALUE),
    };
  },
};

/** A number, one per unit, or (four axes) one per unit and channel. */
function precision(channels: string): (rank: number) => readonly string[] {
  return (rank) =>
    rank === 4
      ? ["batch", "heads", channels, "keys"]
      : fromTheRight("batch", "heads", "keys")(rank);
}

function mixtureOf({ options }: Case, inputs: CaseInputs): Mixture {
  const { prior } = options;
  const mixture: Mixture = {
    key: inputs.need("key"),
    value: inputs.need("mu"),
    keyPrecision: inputs.need("alpha"),
    valuePrecision: inputs.need("beta"),
    allowed: inputs.get("mask"),
    queryPosition: inputs.get("qPos"),
  };
  const pi = inputs.get("pi");
  if (pi !== undefined) return withMixingWeights(mixture, pi);
  if (prior === "uniform") return mixture;
  if (prior === "magnitude") return withFrozenPrior({ ...mixture, logPrior: "magnitude" });
  throw new NotSupported(`prior "${prior}" of the equations`);
}

function emOptions(
  testCase: Case,
  inputs: CaseInputs,
): {
  readonly steps: number;
  readonly priorPrecision: Node | undefined;
  readonly priorMean: "anchored" | "moving";
} {
  return {
    steps: stepsOf(testCase),
    priorPrecision: inputs.get("theta"),
    priorMean: testCase.options["anchored"] === true ? "anchored" : "moving",
  };
}

function stepsOf({ id, options }: Case): number {
  const { steps } = options;
  if (typeof steps !== "number")
    throw new Error(`${id}: expected a number of steps, got ${steps}.`);
  return steps;
}

function objectives(logLikelihood: readonly Node[], logPosterior: readonly Node[]): Outputs {
  return {
    logLikelihood: stacked(logLikelihood, ["batch", "heads"]),
    logPosterior: stacked(logPosterior, ["batch", "heads"]),
  };
}

/** A trajectory: one tensor per step, along a first axis. */
function stacked(steps: readonly Node[], order: readonly string[]): Node {
  const each = steps.map((step) => reorder(expand(step, { step: 1 }), ["step", ...order]));
  return concat(each, "step");
}
