import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import {
  clamp,
  convolve,
  convolveTransposed,
  convolveWeightAdjoint,
  erf,
  graph,
  input,
  interpret,
  maxPool,
  maxPoolIndices,
  type Node,
  resample,
  softplus,
} from "../../src/graph/index.ts";
import type { HostTensor, Sizes } from "../../src/tensor/index.ts";
import { arbitraryConvolution } from "../support/arbitraryConvolution.ts";
import { arbitraryPool } from "../support/arbitraryPool.ts";
import { testDevices } from "../support/devices.ts";
import { close, normalTensor } from "../support/namedTensors.ts";

interface ImageCase {
  readonly nodes: Readonly<Record<string, Node>>;
  readonly inputs: Readonly<Record<string, HostTensor>>;
}

const sizesOf = ({ axes }: Pick<HostTensor, "axes">): Sizes =>
  Object.fromEntries(axes.map(({ name, size }) => [name, size]));

const single = ({ axes, data }: HostTensor): HostTensor => ({
  axes,
  dtype: "float32",
  data: Float32Array.from(data),
});

/** The three faces of a convolution. */
const convolutions: fc.Arbitrary<ImageCase> = arbitraryConvolution.map(({ x, weight, options }) => {
  const image = input("x", sizesOf(x));
  const filters = input("weight", sizesOf(weight));
  const forward = convolve(image, filters, options);
  const upstream = input("upstream", sizesOf(forward));
  const { height, width } = sizesOf(x);
  const { kernelHeight, kernelWidth } = sizesOf(weight);
  const kernel = { height: kernelHeight, width: kernelWidth };
  return {
    nodes: {
      forward,
      image: convolveTransposed(upstream, filters, { height, width }, options),
      weight: convolveWeightAdjoint(image, upstream, kernel, options),
    },
    inputs: {
      x: single(x),
      weight: single(weight),
      upstream: single(normalTensor(forward.axes, 3)),
    },
  };
});

const pools: fc.Arbitrary<ImageCase> = arbitraryPool.map(({ x, pool }) => {
  const image = input("x", sizesOf(x));
  return {
    nodes: { pooled: maxPool(image, pool), at: maxPoolIndices(image, pool) },
    inputs: { x: single(x) },
  };
});

/** What is done along one axis, wherever it stands, and entry by entry. */
const others: fc.Arbitrary<ImageCase> = arbitraryPool.map(({ x }) => {
  const image = input("x", sizesOf(x));
  const along = Object.entries(sizesOf(x)).flatMap(([axis, size]) => {
    const there = normalTensor(
      [
        { name: "to", size: 3 },
        { name: "from", size },
      ],
      7,
    );
    const back = normalTensor(
      [
        { name: "to", size },
        { name: "from", size: 2 },
      ],
      8,
    );
    return [
      [axis, resample(image, axis, there)],
      [`${axis}, back`, resample(image, axis, back, { adjoint: true })],
    ] as const;
  });
  return {
    nodes: {
      ...Object.fromEntries(along),
      relu: clamp(image, 0, Infinity),
      relu6: clamp(image, 0, 6),
      below: clamp(image, -Infinity, 0.5),
      erf: erf(image),
      softplus: softplus(image),
    },
    inputs: { x: single(x) },
  };
});

/** Sums of up to a few dozen terms in single precision. */
const TOLERANCE = 5e-6;

const compared = testDevices.filter(
  ({ name, isHere }) => isHere && !name.startsWith("interpreter"),
);

describe.each(compared)("on $name", async ({ open, isSlow }) => {
  const device = await open();
  afterAll(() => device.dispose());

  test.each(Object.entries({ convolutions, pools, "other operations on images": others }))(
    "%s are what the interpreter says",
    async (_, cases) => {
      const law = fc.asyncProperty(cases, async ({ nodes, inputs }) => {
        const built = graph(nodes);
        const expected = interpret(built, inputs, "float32");
        const actual = await device.run(built, inputs);
        for (const [name, { axes, dtype, data }] of Object.entries(expected)) {
          expect(actual[name]).toMatchObject({ axes, dtype });
          expect([name, close(actual[name].data, data, TOLERANCE)]).toEqual([name, true]);
        }
      });
      await fc.assert(law, { numRuns: isSlow ? 12 : 60, seed: 1 });
    },
  );
});
