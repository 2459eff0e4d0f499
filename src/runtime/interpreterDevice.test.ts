import { expect, test } from "vitest";
import { graph } from "../graph/graph.ts";
import { exp } from "../graph/operations/exp.ts";
import { input } from "../graph/operations/input.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { interpreterDevice } from "./interpreterDevice.ts";

const GROWTH = graph({ y: exp(input("x", {})) });

test("the interpreter runs graphs in single precision unless asked otherwise", async () => {
  const given = { x: tensor({}, [1]) };
  const single = await interpreterDevice().run(GROWTH, given);
  expect(single["y"].data).toEqual(Float32Array.of(Math.E));
  const double = await interpreterDevice("float64").run(GROWTH, given);
  expect(double["y"].data).toEqual(Float64Array.of(Math.E));
});

test("a device says what it is", () => {
  expect(interpreterDevice("float64").name).toBe("interpreter (float64)");
});

test("what goes wrong in a run rejects it", async () => {
  const device = interpreterDevice();
  await expect(device.run(GROWTH, {})).rejects.toThrow(TypeError);
  await device.dispose();
});
