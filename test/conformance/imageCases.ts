/** What is done to images: convolutions, pools, resizing. */

import {
  adaptiveAveragePool,
  averagePool,
  maxPool,
  type Node,
  type PoolOptions,
  type ResizeOptions,
  resize,
} from "../../src/graph/index.ts";
import { convolution } from "../../src/nn/index.ts";
import { type CaseInputs, exactly } from "./caseInputs.ts";
import { optionsOf, perSide } from "./caseOptions.ts";
import type { KindOfCase } from "./kinds.ts";
import type { Case } from "./pack.ts";

const IMAGE = exactly("batch", "channels", "height", "width");

export const WEIGHT_AXES = ["filters", "channels", "kernelHeight", "kernelWidth"];

export const convolutionCase: KindOfCase = {
  axes: { x: IMAGE, weight: exactly(...WEIGHT_AXES), bias: exactly("channels"), cot: IMAGE },
  broadcasts: [],
  outputs(testCase, inputs) {
    const { stride, padding, dilation, groups } = optionsOf(testCase, [
      "stride",
      "padding",
      "dilation",
      "groups",
    ]);
    const parameters = { weight: inputs.need("weight"), bias: inputs.get("bias") };
    const out = convolution(inputs.need("x"), parameters, {
      stride: perSide(stride, 1),
      padding: perSide(padding, 0),
      dilation: perSide(dilation, 1),
      groups: (groups ?? 1) as number,
    });
    return { out };
  },
};

export const resizeCase: KindOfCase = imageCase((x, testCase) => {
  const options = optionsOf(testCase, ["mode", "alignCorners", "antialias", "size"]);
  return resize(x, perSide(options["size"], 1), {
    mode: options["mode"] as NonNullable<ResizeOptions["mode"]>,
    align: options["alignCorners"] === true ? "centres" : "borders",
    antialias: options["antialias"] === true,
  });
});

export const maxPoolCase: KindOfCase = imageCase((x, testCase) =>
  maxPool(x, poolOptions(optionsOf(testCase, ["kernel", "stride", "padding", "dilation"]))),
);

export const averagePoolCase: KindOfCase = imageCase((x, testCase) => {
  const options = optionsOf(testCase, ["kernel", "stride", "padding", "countIncludePad"]);
  const countPadding = options["countIncludePad"] !== false;
  return averagePool(x, { ...poolOptions(options), countPadding });
});

export const adaptiveAveragePoolCase: KindOfCase = imageCase((x, testCase) =>
  adaptiveAveragePool(x, perSide(optionsOf(testCase, ["size"])["size"], 1)),
);

/** An image in, an image out. */
function imageCase(build: (x: Node, testCase: Case) => Node): KindOfCase {
  return {
    axes: { x: IMAGE, cot: IMAGE },
    broadcasts: [],
    outputs: (testCase, inputs: CaseInputs) => ({ out: build(inputs.need("x"), testCase) }),
  };
}

function poolOptions(options: Readonly<Record<string, unknown>>): PoolOptions {
  const kernel = perSide(options["kernel"], 1);
  const stride = options["stride"];
  return {
    kernel,
    stride: stride === undefined || stride === null ? kernel : perSide(stride, 1),
    padding: perSide(options["padding"], 0),
    dilation: perSide(options["dilation"], 1),
  };
}
