import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { graph, interpret } from "../../src/graph/index.ts";
import { close } from "../support/namedTensors.ts";
import { devices } from "./devices.ts";
import { operationCases } from "./operationCases.ts";

describe.each(devices.slice(2))("$name", async ({ open, tolerance }) => {
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
        expect({ y: y.data, same: close(y.data, expected.data, tolerance) }).toEqual({
          y: expect.anything(),
          same: true,
        });
      });
      await fc.assert(law, { numRuns: 40, seed: 1 });
    }
    expect(device.notes).toEqual([]);
  });
});
