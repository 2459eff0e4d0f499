/** Steps of training on every device, held to the interpreter. */

import { afterAll, describe, expect, test } from "vitest";
import { gradient, graph, input, interpret, less, maxPool, relu } from "../../src/graph/index.ts";
import {
  convolution,
  convolutionParameters,
  initialise,
  nodesByPath,
  normedConvolution,
  normedConvolutionParameters,
  parameterNodes,
  parametersByPath,
  training,
} from "../../src/nn/index.ts";
import {
  type HostTensor,
  normalNumbers,
  randomNumbers,
  type Sizes,
  tensor,
} from "../../src/tensor/index.ts";
import {
  adamW,
  bceWithLogits,
  crossEntropy,
  focal,
  normalisedFocal,
  sgd,
  softIoU,
  type TrainingStep,
  trainingStep,
} from "../../src/train/index.ts";
import { testDevices } from "../support/devices.ts";
import { close } from "../support/namedTensors.ts";

type Numbers = Readonly<Record<string, HostTensor>>;

/** Sums of a few hundred terms in another order, and a few steps of what comes of it. */
const TOLERANCE = 2e-5;

const random = randomNumbers(7);
const normal = normalNumbers(random);

function filled(sizes: Sizes, next: () => number): HostTensor {
  const count = Object.values(sizes).reduce((product, size) => product * size, 1);
  return tensor(sizes, Float32Array.from({ length: count }, next));
}

const IMAGE = { batch: 2, channels: 3, height: 12, width: 10 };
const MASK = { batch: 2, channels: 1, height: 6, width: 5 };

const wanted = {
  stem: normedConvolutionParameters({ channels: 3, filters: 4, kernel: 3 }),
  head: convolutionParameters({ channels: 4, filters: 1, kernel: 1, bias: true }),
};

/** A convolution, a norm that counts along, a pool and a linear head. */
function stepOf(isAdam: boolean): TrainingStep {
  const nodes = parameterNodes(wanted);
  const mode = training();
  const seen = relu(normedConvolution(input("image", IMAGE), nodes.stem, { padding: 1 }, mode));
  const logits = convolution(maxPool(seen, { kernel: 2 }), nodes.head);
  const named = Object.entries(nodesByPath(nodes));
  const isLearnt = (path: string): boolean => parametersByPath(wanted)[path].learnt;
  return trainingStep({
    loss: normalisedFocal(logits, input("mask", MASK)),
    parameters: Object.fromEntries(named.filter(([path]) => isLearnt(path))),
    updates: mode.updates,
    optimiser: isAdam ? adamW({ weightDecay: 0.1 }) : sgd({ momentum: 0.9, nesterov: true }),
    maxNorm: 0.5,
    averageDecay: 0.9,
  });
}

const BATCH: Numbers = {
  image: filled(IMAGE, normal),
  mask: filled(MASK, () => Math.round(random())),
};
const START = initialise(wanted, random);

async function afterSteps(
  step: TrainingStep,
  run: (inputs: Numbers) => Promise<Numbers> | Numbers,
): Promise<Numbers> {
  let carried = step.start(START);
  for (let count = 1; count <= 4; count++) {
    const pace = { learningRate: tensor({}, [0.01]), step: tensor({}, [count]) };
    carried = await run({ ...carried, ...BATCH, ...pace });
  }
  return carried;
}

const logits = input("logits", MASK);
const mask = input("mask", MASK);
const valid = less(0, input("valid", MASK));
const classLogits = input("logits", { batch: 2, classes: 4, height: 6, width: 5 });
const labels = input("labels", { batch: 2, height: 6, width: 5 }, "int");
const LOSSES = {
  "binary cross-entropy": bceWithLogits(logits, mask, { valid }),
  focal: focal(logits, mask, { valid, balance: 0.3 }),
  "normalised focal": normalisedFocal(logits, mask, { valid, normaliser: "attached" }),
  "soft IoU": softIoU(logits, mask, { valid, union: "maximum" }),
  "cross-entropy": crossEntropy(classLogits, labels),
};

describe.each(testDevices.filter(({ isHere, isSlow }) => isHere && isSlow !== true))(
  "$name",
  async ({ open }) => {
    const device = await open();
    afterAll(() => device.dispose());

    test.each([true, false])(
      "steps lead where the interpreter's lead (AdamW: %s)",
      async (isAdam) => {
        const step = stepOf(isAdam);
        const ours = await afterSteps(step, (inputs) => device.run(step.graph, inputs));
        const theirs = await afterSteps(step, (inputs) => interpret(step.graph, inputs, "float64"));
        const apart = Object.keys(theirs).filter(
          (name) => !close(ours[name].data, theirs[name].data, TOLERANCE),
        );
        expect(apart).toEqual([]);
        expect(device.notes).toEqual([]);
      },
    );

    test.each(Object.entries(LOSSES))("%s and its gradient", async (_, loss) => {
      const x = loss === LOSSES["cross-entropy"] ? classLogits : logits;
      const built = graph({ loss, ...gradient(loss, { x }) });
      for (const scale of [1, 50]) {
        const all: Numbers = {
          logits: filled(
            Object.fromEntries(x.axes.map((axis) => [axis.name, axis.size])),
            () => scale * normal(),
          ),
          mask: filled(MASK, () => Math.round(random())),
          valid: filled(MASK, () => Math.round(random())),
          labels: tensor(
            { batch: 2, height: 6, width: 5 },
            Int32Array.from({ length: 60 }, () =>
              random() < 0.2 ? 255 : Math.floor(4 * random()),
            ),
          ),
        };
        const given = Object.fromEntries(
          Object.entries(all).filter(([name]) => Object.hasOwn(built.inputs, name)),
        );
        const ours = await device.run(built, given);
        const theirs = interpret(built, given, "float64");
        expect(close(ours["loss"].data, theirs["loss"].data, TOLERANCE)).toBe(true);
        expect(close(ours["x"].data, theirs["x"].data, TOLERANCE)).toBe(true);
      }
    });
  },
);
