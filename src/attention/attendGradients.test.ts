import { expect, test } from "vitest";
import { gradientError, type Nodes } from "../../test/support/finiteDifferences.ts";
import { normalTensor } from "../../test/support/namedTensors.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { exp } from "../graph/operations/exp.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { sum } from "../graph/operations/sum.ts";
import { axesOf, type HostTensor, type Sizes, tensor } from "../tensor/hostTensor.ts";
import { adaptKeyPrecision } from "./adaptKeyPrecision.ts";
import { type AdaptKeysOptions, adaptKeys } from "./adaptKeys.ts";
import { expectedValue } from "./expectedValue.ts";
import { inferValues } from "./inferValues.ts";
import { logJoint } from "./logDensities.ts";
import type { Mixture } from "./mixture.ts";
import { propagateValues } from "./propagateValues.ts";

const UNITS = { heads: 2, keys: 4 };

function normal(sizes: Sizes, seed: number): HostTensor {
  return normalTensor(axesOf("test", sizes), seed);
}

/** Everything a mixture and its adaptation are made of; what must be positive, as a logarithm. */
const INPUTS: Readonly<Record<string, HostTensor>> = {
  q: normal({ heads: 2, queries: 5, channels: 3 }, 1),
  key: normal({ ...UNITS, channels: 3 }, 2),
  value: normal({ ...UNITS, valueChannels: 2 }, 3),
  logAlpha: normal(UNITS, 4),
  logBeta: normal(UNITS, 5),
  logPi: normal(UNITS, 6),
  logTheta: normal({ keys: 4 }, 7),
  said: normal({ heads: 2, labels: 3, valueChannels: 2 }, 8),
};

interface Model {
  readonly mixture: Mixture;
  readonly q: Node;
  readonly theta: Node;
  readonly labels: { readonly token: Node; readonly value: Node; readonly weight: Node };
}

/** Precisions by unit, and a prior by unit: logits that are products of channels, of every kind. */
function modelOf({ q, key, value, logAlpha, logBeta, logPi, logTheta, said }: Nodes): Model {
  return {
    mixture: {
      key,
      value,
      keyPrecision: exp(multiply(logAlpha, 0.3)),
      valuePrecision: exp(multiply(logBeta, 0.3)),
      logPrior: logPi,
    },
    q,
    theta: exp(logTheta),
    labels: {
      token: constant(tensor({ labels: 3 }, [4, 0, 2], "int32")),
      value: said,
      weight: constant(tensor({ labels: 3 }, [1, 0.5, 0])),
    },
  };
}

const adapted = ({ mixture, q }: Model, options: AdaptKeysOptions): Node =>
  expectedValue(adaptKeys(mixture, q, { steps: 2, ...options }).mixture, q);

/** Outputs that EM leads to; every one depends on the parameters through what was adapted. */
const OUTPUTS: Readonly<Record<string, (model: Model) => Node>> = {
  "expected values": ({ mixture, q }) => expectedValue(mixture, q),
  "values after key adaptation": (model) => adapted(model, {}),
  "values after key adaptation, with a prior": (model) =>
    adapted(model, { priorPrecision: model.theta }),
  "values after key adaptation, prior and magnitude prior moving": (model) =>
    adapted(
      { ...model, mixture: { ...model.mixture, logPrior: "magnitude" } },
      { priorPrecision: model.theta, priorMean: "moving", magnitudePrior: "recomputed" },
    ),
  "values after value propagation": ({ mixture, q, labels }) =>
    expectedValue(propagateValues(mixture, q, labels, { steps: 2 }).mixture, q),
  "values after value propagation, with a prior": ({ mixture, q, labels, theta }) => {
    const options = { steps: 2, priorPrecision: theta };
    return expectedValue(propagateValues(mixture, q, labels, options).mixture, q);
  },
  "the most probable values": ({ mixture, q }) => inferValues(mixture, q, { steps: 2 }).value,
  "values after adapting precisions": ({ mixture, q }) =>
    expectedValue(adaptKeyPrecision(mixture, q, { steps: 2 }).mixture, q),
  "log-densities": ({ mixture, q }) => {
    const values = expectedValue(mixture, q);
    return logJoint(mixture, q, values);
  },
  "log-likelihood and log-posterior of adapted keys": ({ mixture, q, theta }) => {
    const { logLikelihood, logPosterior } = adaptKeys(mixture, q, { priorPrecision: theta });
    return add(logLikelihood[1], multiply(sum(logPosterior[1], "heads"), 0.5));
  },
};

test.each(Object.entries(OUTPUTS))(
  "gradients of %s are what finite differences say",
  (_, output) => {
    const error = gradientError((nodes) => output(modelOf(nodes)), INPUTS);
    // What central differences in double precision leave of numbers near 1, after a few EM steps.
    expect(error).toBeLessThan(1e-6);
  },
);
