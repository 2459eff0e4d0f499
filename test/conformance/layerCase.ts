/** `kind: layer`: what the layer released beside the paper computes. */

import {
  type AttentionInputs,
  type AttentionOptions,
  attend,
  gridPositions,
  type Labels,
  linePositions,
  RELEASED_LAYER,
} from "../../src/attention/index.ts";
import { concat, expand, merge, type Node, rename, reorder } from "../../src/graph/index.ts";
import { type CaseInputs, exactly, fromTheRight, NotSupported } from "./caseInputs.ts";
import type { KindOfCase, Outputs } from "./kinds.ts";
import type { Case } from "./pack.ts";
import { allTokensAsLabels, sparseLabels } from "./sparseLabels.ts";

const TABLE = exactly("channels", "offsets");
const VALUE_TABLE = exactly("valueChannels", "offsets");
const POSITION = exactly("channels", "queries", "keys");

export const layerCase: KindOfCase = {
  axes: {
    q: exactly("batch", "heads", "channels", "queries"),
    key: exactly("batch", "heads", "channels", "keys"),
    mu: exactly("batch", "heads", "valueChannels", "keys"),
    alpha: (rank) =>
      rank === 4
        ? ["batch", "heads", "channels", "keys"]
        : fromTheRight("batch", "heads", "keys")(rank),
    beta: (rank) =>
      rank === 4
        ? ["batch", "heads", "valueChannels", "keys"]
        : fromTheRight("batch", "heads", "keys")(rank),
    pi: fromTheRight("batch", "heads", "queries", "keys"),
    vInit: exactly("batch", "heads", "valueChannels", "queries"),
    fixed: exactly("batch", "heads", "valueChannels", "queries"),
    // Given per token, read per unit.
    fixedPos: exactly("batch", "heads", "valueChannels", "keys"),
    labelled: exactly("batch", "heads", "queries"),
    keyPrior: fromTheRight("batch", "heads", "channels", "keys"),
    valuePrior: fromTheRight("batch", "heads", "valueChannels", "keys"),
    qPos: POSITION,
    kPos: POSITION,
    vPos: exactly("valueChannels", "queries", "keys"),
    qTable: TABLE,
    kTable: TABLE,
    vTable: VALUE_TABLE,
    qTableY: TABLE,
    qTableX: TABLE,
    kTableY: TABLE,
    kTableX: TABLE,
    vTableY: VALUE_TABLE,
    vTableX: VALUE_TABLE,
    mask: fromTheRight("batch", "heads", "queries", "keys"),
    cot: exactly("batch", "heads", "valueChannels", "queries"),
  },
  broadcasts: ["alpha", "beta", "pi", "keyPrior", "valuePrior", "mask"],
  outputs: layerOutputs,
};

function layerOutputs(testCase: Case, inputs: CaseInputs): Outputs {
  return {
    out: layerOutput(testCase, inputs, {
      labelsFrom: allTokensAsLabels,
      labelWeightIn: "denominator",
    }),
    "recommended:out": layerOutput(testCase, inputs, { labelsFrom: sparseLabels }),
  };
}

function layerOutput(
  testCase: Case,
  inputs: CaseInputs,
  {
    labelsFrom,
    ...options
  }: AttentionOptions & { readonly labelsFrom: (inputs: CaseInputs) => Labels },
): Node {
  const query = inputs.need("q");
  const key = inputs.need("key");
  const { value, position } = attend(
    {
      query,
      key,
      value: inputs.need("mu"),
      keyPrecision: inputs.need("alpha"),
      valuePrecision: inputs.need("beta"),
      mixingWeights: inputs.get("pi"),
      allowed: inputs.get("mask"),
      queryPosition: positionOf("q", testCase, inputs),
      keyPosition: positionOf("k", testCase, inputs),
      valuePosition: positionOf("v", testCase, inputs),
      initialValue: inputs.get("vInit"),
      ...labelsOf(testCase, inputs, labelsFrom),
    },
    { ...RELEASED_LAYER, ...optionsOf(testCase, inputs), ...options },
  );
  const order = ["batch", "heads", "valueChannels", "queries"];
  return reorder(position === undefined ? value : interleaved(value, position), order);
}

function optionsOf({ options }: Case, inputs: CaseInputs): AttentionOptions {
  const { prior } = options;
  if (prior !== "uniform" && prior !== "magnitude" && prior !== "explicit") {
    throw new NotSupported(`prior "${prior}" of layer`);
  }
  return {
    prior: prior === "magnitude" ? "magnitude" : "uniform",
    keySteps: count(options["keyIters"]),
    valueSteps: count(options["valueIters"]),
    keyPriorPrecision: inputs.get("keyPrior"),
    valuePriorPrecision: inputs.get("valuePrior"),
  };
}

function labelsOf(
  { options }: Case,
  inputs: CaseInputs,
  labelsFrom: (inputs: CaseInputs) => Labels,
): Pick<AttentionInputs, "labels" | "labelledPosition"> {
  if (count(options["valueIters"]) === 0 || inputs.get("labelled") === undefined) return {};
  return { labels: labelsFrom(inputs), labelledPosition: inputs.get("fixedPos") };
}

function positionOf(
  side: "q" | "k" | "v",
  { options }: Case,
  inputs: CaseInputs,
): Node | undefined {
  const full = inputs.get(`${side}Pos`);
  if (full !== undefined) return full;
  const table = inputs.get(`${side}Table`);
  if (table !== undefined) {
    const line = {
      queries: sizeOf(inputs.need("q"), "queries"),
      keys: sizeOf(inputs.need("key"), "keys"),
    };
    return linePositions(table, line);
  }
  const tableY = inputs.get(`${side}TableY`);
  const tableX = inputs.get(`${side}TableX`);
  if (tableY === undefined || tableX === undefined) return undefined;
  const [height, width] = options["grid"] as readonly [number, number];
  return gridPositions(tableY, tableX, { height, width });
}

/** Channel 2c is c of the value, channel 2c + 1 is c of the position. */
function interleaved(value: Node, position: Node): Node {
  const half = ["batch", "heads", "valueChannels", "queries"];
  const pair = concat(
    [value, position].map((x) => expand(reorder(x, half), { half: 1 })),
    "half",
  );
  const inOrder = reorder(pair, ["batch", "heads", "queries", "valueChannels", "half"]);
  return rename(merge(inOrder, ["valueChannels", "half"], "both"), { both: "valueChannels" });
}

function count(steps: unknown): number {
  return typeof steps === "number" ? steps : 0;
}

function sizeOf(node: Node, name: string): number {
  return node.axes.find((axis) => axis.name === name)?.size ?? 1;
}
