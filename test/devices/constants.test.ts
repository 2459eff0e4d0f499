import { describe, expect, test } from "vitest";
import { contract, graph, input, ShapeError, tensor, writeOnnx } from "../../src/graph/index.ts";
import { testDevices } from "../support/devices.ts";

const product = graph({
  y: contract(
    input("weight", { outputs: 2, features: 2 }),
    input("x", { features: 2 }),
    "features",
  ),
});
const weight = tensor({ outputs: 2, features: 2 }, Float32Array.of(1, 2, 3, 4));
const turned = tensor({ features: 2, outputs: 2 }, Float32Array.of(1, 2, 3, 4));

describe.each(testDevices.filter(({ isHere }) => isHere))("on $name", ({ open }) => {
  test("constants are refused as inputs are: by their axes, in their order, and by what they hold", async () => {
    const device = await open();
    await expect(device.bind(product, { constants: { weight: turned } })).rejects.toThrow(
      'constants: expected input "weight" to be [outputs 2, features 2] in this order, ' +
        "got [features 2, outputs 2] with 4 numbers.",
    );
    const longer = tensor({ outputs: 2, features: 3 }, [1, 2, 3, 4, 5, 6]);
    await expect(device.bind(product, { constants: { weight: longer } })).rejects.toThrow(
      ShapeError,
    );
    const ints = tensor({ outputs: 2, features: 2 }, [1, 2, 3, 4], "int32");
    await expect(device.bind(product, { constants: { weight: ints } })).rejects.toThrow(
      'constants: expected input "weight" to hold float, got int32.',
    );
    const program = await device.bind(product, { constants: { weight } });
    const { y } = await program.run({ x: tensor({ features: 2 }, [1, 10]) });
    expect(Array.from((await y.read()).data)).toEqual([21, 43]);
    await device.dispose();
  });
});

test("a file is not written with constants that do not fit", () => {
  expect(() => writeOnnx(product, { constants: { weight: turned } })).toThrow(ShapeError);
});
