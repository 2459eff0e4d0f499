import { expect, test } from "vitest";
import { numbers } from "../../test/support/namedTensors.ts";
import { interpret } from "../graph/interpreter.ts";
import { add } from "../graph/operations/add.ts";
import { input } from "../graph/operations/input.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { square } from "../graph/operations/square.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { type HostTensor, tensor } from "../tensor/hostTensor.ts";
import { adamW } from "./optimisers/adam.ts";
import { sgd } from "./optimisers/sgd.ts";
import { type TrainingStep, trainingStep } from "./trainingStep.ts";

type Numbers = Readonly<Record<string, HostTensor>>;

const slope = input("slope", {});
const offset = input("offset", {});
const x = input("x", { batch: 4 });
const y = input("y", { batch: 4 });
/** ½ Σ (slope · x + offset − y)². */
const LINE = multiply(sum(square(subtract(add(multiply(slope, x), offset), y)), "batch"), 0.5);
const PARAMETERS = { slope, offset };
const START: Numbers = { slope: number(1), offset: number(0) };
const BATCH: Numbers = {
  x: tensor({ batch: 4 }, [0, 1, 2, 3]),
  y: tensor({ batch: 4 }, [1, 3, 5, 7]),
};

function number(value: number): HostTensor {
  return tensor({}, [value]);
}

function run(step: TrainingStep, times: number, learningRate: number, start = START): Numbers {
  let carried = step.start(start);
  for (let t = 1; t <= times; t++) {
    const pace = { learningRate: number(learningRate), step: number(t) };
    carried = interpret(step.graph, { ...carried, ...BATCH, ...pace }, "float64");
  }
  return carried;
}

function first({ data }: HostTensor): number {
  return data[0];
}

test("a line is fitted to its points", () => {
  const step = trainingStep({ loss: LINE, parameters: PARAMETERS, optimiser: sgd() });
  const { loss, slope, offset } = run(step, 500, 0.05);
  expect(first(slope)).toBeCloseTo(2, 6);
  expect(first(offset)).toBeCloseTo(1, 6);
  expect(first(loss)).toBeCloseTo(0, 10);
});

test("what is carried comes out under the name it goes in by", () => {
  const statistic = input("runningMean", {});
  const step = trainingStep({
    loss: LINE,
    parameters: PARAMETERS,
    optimiser: adamW(),
    maxNorm: 1,
    averageDecay: 0.9,
    carried: { runningMean: add(multiply(statistic, 0.9), 0.1) },
    reports: { count: sum(x, "batch") },
  });
  const { inputs, outputs } = step.graph;
  const carried = Object.keys(step.start({ ...START, runningMean: number(0) })).sort();
  expect(carried).toEqual([
    "average:offset",
    "average:slope",
    "firstMoment:offset",
    "firstMoment:slope",
    "offset",
    "runningMean",
    "secondMoment:offset",
    "secondMoment:slope",
    "slope",
  ]);
  expect(Object.keys(inputs).sort()).toEqual([...carried, "learningRate", "step", "x", "y"].sort());
  expect(Object.keys(outputs).sort()).toEqual([...carried, "count", "gradientNorm", "loss"].sort());
});

test("the loss is that before the update", () => {
  const step = trainingStep({ loss: LINE, parameters: PARAMETERS, optimiser: sgd() });
  // At slope 1 and offset 0 the line misses by 1, 2, 3 and 4.
  expect(first(run(step, 1, 0.05)["loss"])).toBe(15);
});

test("a group may learn at another rate, or not at all", () => {
  const step = trainingStep({
    loss: LINE,
    parameters: PARAMETERS,
    optimiser: sgd(),
    groupOf: (name) => (name === "slope" ? { rateFactor: 0 } : { rateFactor: 2 }),
  });
  // The gradient by the offset is −(1 + 2 + 3 + 4).
  const { slope, offset } = run(step, 1, 0.05);
  expect(first(slope)).toBe(1);
  expect(first(offset)).toBe(1);
});

test("a group may have another optimiser, with what it remembers", () => {
  const step = trainingStep({
    loss: LINE,
    parameters: PARAMETERS,
    optimiser: sgd(),
    groupOf: (name) => (name === "offset" ? { optimiser: sgd({ momentum: 0.9 }) } : {}),
  });
  expect(Object.keys(step.start(START))).toEqual(["slope", "offset", "velocity:offset"]);
});

test("gradients are shortened together", () => {
  const step = trainingStep({ loss: LINE, parameters: PARAMETERS, optimiser: sgd(), maxNorm: 1 });
  const { slope, offset, gradientNorm } = run(step, 1, 1);
  expect(first(gradientNorm)).toBeCloseTo(Math.hypot(20, 10), 12);
  expect(Math.hypot(first(slope) - 1, first(offset))).toBeCloseTo(1, 6);
});

test("averages follow the parameters", () => {
  const step = trainingStep({
    loss: LINE,
    parameters: PARAMETERS,
    optimiser: sgd(),
    averageDecay: 0.75,
  });
  const results = run(step, 1, 0.05);
  expect(first(results["average:slope"])).toBeCloseTo(
    0.75 * 1 + 0.25 * first(results["slope"]),
    14,
  );
});

test("a parameter by another name than its own is refused", () => {
  const options = { loss: LINE, optimiser: sgd() };
  expect(() =>
    trainingStep({ ...options, parameters: { gradient: slope } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: trainingStep: expected parameter "gradient" to be the input of that name, got input "slope". A step takes parameters in and gives them out by one name.]`,
  );
  expect(() =>
    trainingStep({ ...options, parameters: { fixed: numbers({}, [1]) } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: trainingStep: expected parameter "fixed" to be the input of that name, got constant. A step takes parameters in and gives them out by one name.]`,
  );
});

test("two outputs of one name are refused", () => {
  expect(() =>
    trainingStep({
      loss: LINE,
      parameters: PARAMETERS,
      optimiser: sgd(),
      reports: { slope: LINE },
    }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: trainingStep: expected every output to have a name of its own, got "slope" twice. Rename a parameter, or what is reported.]`,
  );
});

test("a start without one of the parameters is refused", () => {
  const step = trainingStep({ loss: LINE, parameters: PARAMETERS, optimiser: sgd() });
  expect(() => step.start({ slope: number(1) })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: start: expected a tensor "offset", got slope.]`,
  );
});
