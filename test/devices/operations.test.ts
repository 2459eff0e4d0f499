import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { graph, interpret } from "../../src/graph/index.ts";
import { testDevices } from "../support/devices.ts";
import { close } from "../support/namedTensors.ts";
import { operationCases } from "./operationCases.ts";

/** Half a dozen roundings to 24 bits: sums of up to 25 terms, an exponential, a power. */
const TOLERANCE = 5e-6;

const compared = testDevices.filter(
  ({ name, isHere }) => isHere && !name.startsWith("interpreter"),
);

describe.each(compared)("on $name", async ({ open, isSlow }) => {
  const device = await open();
  afterAll(() => device.dispose());

  test.each(Object.entries(operationCases))("%s is what the interpreter says", async (_, uses) => {
    for (const use of uses) {
      const law = fc.asyncProperty(use, async ({ node, inputs }) => {
        const built = graph({ y: node });
        const expected = interpret(built, inputs, "float32")["y"];
        const { y } = await device.run(built, inputs);
        expect(y.axes).toEqual(expected.axes);
        expect(y.dtype).toBe(expected.dtype);
        if (!close(y.data, expected.data, TOLERANCE)) expect(y.data).toEqual(expected.data);
      });
      await fc.assert(law, { numRuns: isSlow ? 4 : 40, seed: 1 });
    }
  });
});
