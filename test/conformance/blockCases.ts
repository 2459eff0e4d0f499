/** Blocks of networks, with parameters by the names that PyTorch's torchvision gives them. */

import { type Node, reorder } from "../../src/graph/index.ts";
import {
  aspp,
  asppParameters,
  asppTorchNames,
  BOTTLENECK_TORCH_NAMES,
  bottleneck,
  bottleneckParameters,
  gridAttention,
  type Mode,
  type NodesOf,
  nodesByPath,
  type Parameter,
  parameterNodes,
  parametersByPath,
  type Tree,
  torchName,
  training,
} from "../../src/nn/index.ts";
import { type AxisNames, type CaseInputs, exactly } from "./caseInputs.ts";
import { optionsOf } from "./caseOptions.ts";
import { WEIGHT_AXES } from "./imageCases.ts";
import type { KindOfCase, Outputs } from "./kinds.ts";

const IMAGE = exactly("batch", "channels", "height", "width");

type Names = Readonly<Record<string, string>>;

export const bottleneckCase: KindOfCase = {
  axes: {
    x: IMAGE,
    ...parameterAxes(
      bottleneckParameters({ channels: 1, width: 1, project: true }),
      BOTTLENECK_TORCH_NAMES,
    ),
    cot: IMAGE,
  },
  broadcasts: [],
  outputs(testCase, inputs) {
    const options = optionsOf(testCase, [
      "inplanes",
      "planes",
      "stride",
      "dilation",
      "groups",
      "base_width",
      "project",
      "train",
    ]);
    const number = (name: string, otherwise: number): number =>
      (options[name] ?? otherwise) as number;
    const groups = number("groups", 1);
    const planes = number("planes", 1);
    const wanted = bottleneckParameters({
      channels: number("inplanes", 1),
      width: Math.floor((planes * number("base_width", 64)) / 64) * groups,
      filters: 4 * planes,
      groups,
      project: options["project"] === true,
    });
    const geometry = { stride: number("stride", 1), dilation: number("dilation", 1), groups };
    return normedBlock(wanted, BOTTLENECK_TORCH_NAMES, options["train"], inputs, (nodes, mode) =>
      bottleneck(inputs.need("x"), nodes, geometry, mode),
    );
  },
};

/** No pyramid has more. */
const MOST_RATES = 8;

export const asppCase: KindOfCase = {
  axes: {
    x: IMAGE,
    ...Object.assign(
      {},
      ...Array.from({ length: MOST_RATES }, (_, i) =>
        parameterAxes(
          asppParameters({ channels: 1, filters: 1, rates: i + 1 }),
          asppTorchNames(i + 1),
        ),
      ),
    ),
    cot: IMAGE,
  },
  broadcasts: [],
  outputs(testCase, inputs) {
    const options = optionsOf(testCase, [
      "in",
      "out",
      "rates",
      "dropout",
      "imagePoolResize",
      "train",
    ]);
    const rates = options["rates"] as readonly number[];
    const wanted = asppParameters({
      channels: options["in"] as number,
      filters: options["out"] as number,
      rates: rates.length,
    });
    const names = asppTorchNames(rates.length);
    return normedBlock(wanted, names, options["train"], inputs, (nodes, mode) =>
      aspp(inputs.need("x"), nodes, { rates }, mode),
    );
  },
};

/** The answer of a block with batch norms, and in training what their statistics are afterwards. */
function normedBlock<Wanted extends Tree<Parameter>>(
  wanted: Wanted,
  names: Names,
  train: unknown,
  inputs: CaseInputs,
  build: (nodes: NodesOf<Wanted>, mode: Mode) => Node,
): Outputs {
  const nodes = parameterNodes(wanted, (path) => inputs.need(`p:${torchName(path, names)}`));
  const step = training();
  const out = build(nodes, train === true ? step : "inference");
  const outputs: Record<string, Node> = { out };
  for (const [path, node] of Object.entries(nodesByPath(nodes as Tree<Node>))) {
    const next = step.updates.get(node);
    if (next !== undefined) outputs[`after:${torchName(path, names)}`] = next;
  }
  return outputs;
}

function parameterAxes(wanted: Tree<Parameter>, names: Names): Readonly<Record<string, AxisNames>> {
  const axes: AxisNames = (rank) => (rank === 1 ? ["channels"] : WEIGHT_AXES);
  const paths = Object.keys(parametersByPath(wanted));
  return Object.fromEntries(paths.map((path) => [`p:${torchName(path, names)}`, axes]));
}

const TABLE = exactly("offsets", "channels");

export const gridAttentionCase: KindOfCase = {
  axes: {
    q: exactly("batch", "heads", "queries", "channels"),
    k: exactly("batch", "heads", "keys", "channels"),
    v: exactly("batch", "heads", "keys", "valueChannels"),
    heightTable: TABLE,
    widthTable: TABLE,
    cot: exactly("batch", "heads", "queries", "valueChannels"),
  },
  broadcasts: [],
  outputs(testCase, inputs) {
    const { grid } = optionsOf(testCase, ["grid", "tableIndex", "scale"]);
    const [height, width] = grid as readonly number[];
    const { value, positionLogits } = gridAttention(
      {
        query: inputs.need("q"),
        key: inputs.need("k"),
        value: inputs.need("v"),
        heightTable: inputs.need("heightTable"),
        widthTable: inputs.need("widthTable"),
      },
      { height, width },
    );
    return {
      positionLogits: reorder(positionLogits, ["batch", "heads", "queries", "keys"]),
      out: reorder(value, ["batch", "heads", "queries", "valueChannels"]),
    };
  },
};
