/** `kind: axial2d`: attention down every column, then along every row. */

import { type AxialWeights, axialAttention } from "../../src/attention/index.ts";
import { reorder, split } from "../../src/graph/index.ts";
import { type CaseInputs, exactly } from "./caseInputs.ts";
import type { KindOfCase } from "./kinds.ts";
import type { Case } from "./pack.ts";

const IMAGE = ["batch", "features", "height", "width"];
const PROJECTION = exactly("out", "features");
const TABLE = exactly("channels", "offsets");
const VALUE_TABLE = exactly("valueChannels", "offsets");

export const axialCase: KindOfCase = {
  axes: {
    x: exactly(...IMAGE),
    wy: PROJECTION,
    wx: PROJECTION,
    qy: TABLE,
    ky: TABLE,
    vy: VALUE_TABLE,
    qx: TABLE,
    kx: TABLE,
    vx: VALUE_TABLE,
    cot: exactly(...IMAGE),
  },
  broadcasts: [],
  outputs(testCase, inputs) {
    const { afterHeight, out } = axialAttention(
      inputs.need("x"),
      { height: weightsOf("y", testCase, inputs), width: weightsOf("x", testCase, inputs) },
      { keyPrecision: testCase.options["alpha"] as number },
    );
    return { afterHeight: reorder(afterHeight, IMAGE), out: reorder(out, IMAGE) };
  },
};

function weightsOf(side: "x" | "y", { options }: Case, inputs: CaseInputs): AxialWeights {
  const { heads, dim, vdim } = options as Readonly<Record<"heads" | "dim" | "vdim", number>>;
  return {
    projection: split(inputs.need(`w${side}`), "out", { heads, parts: 2 * dim + vdim }),
    queryTable: inputs.need(`q${side}`),
    keyTable: inputs.need(`k${side}`),
    valueTable: inputs.need(`v${side}`),
  };
}
