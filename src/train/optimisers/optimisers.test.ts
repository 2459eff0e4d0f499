import { expect, test } from "vitest";
import { numbers, numbersOf } from "../../../test/support/namedTensors.ts";
import { interpret } from "../../graph/interpreter.ts";
import { input } from "../../graph/operations/input.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { square } from "../../graph/operations/square.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { sum } from "../../graph/operations/sum.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import { trainingStep } from "../trainingStep.ts";
import { adam, adamW } from "./adam.ts";
import type { Optimiser } from "./optimiser.ts";
import { sgd } from "./sgd.ts";

const OPTIMISERS: Readonly<Record<string, { optimiser: Optimiser; learningRate: number }>> = {
  SGD: { optimiser: sgd(), learningRate: 0.1 },
  "SGD with momentum": { optimiser: sgd({ momentum: 0.9 }), learningRate: 0.02 },
  "SGD with dampening": { optimiser: sgd({ momentum: 0.5, dampening: 0.5 }), learningRate: 0.1 },
  "SGD with Nesterov's momentum": {
    optimiser: sgd({ momentum: 0.9, nesterov: true }),
    learningRate: 0.02,
  },
  Adam: { optimiser: adam(), learningRate: 0.1 },
  AdamW: { optimiser: adamW(), learningRate: 0.1 },
  AMSGrad: { optimiser: adam({ amsgrad: true }), learningRate: 0.1 },
};

/** Where the bowl ½ Σ k (w − c)² is lowest, and how steep it is along each axis. */
const LOWEST = [3, -2, 0.5];
const STEEPNESS = [1, 4, 0.5];

/** The way of w down the bowl, from 0. */
function descend(optimiser: Optimiser, learningRate: number, steps: number): number[][] {
  const weight = input("weight", { channels: 3 });
  const away = subtract(weight, numbers({ channels: 3 }, LOWEST));
  const loss = multiply(
    sum(multiply(numbers({ channels: 3 }, STEEPNESS), square(away)), "channels"),
    0.5,
  );
  const step = trainingStep({ loss, parameters: { weight }, optimiser });
  let carried = step.start({ weight: tensor({ channels: 3 }, [0, 0, 0]) });
  const path: number[][] = [];
  for (let t = 1; t <= steps; t++) {
    const pace: Record<string, HostTensor> = {
      learningRate: tensor({}, [learningRate]),
      step: tensor({}, [t]),
    };
    carried = interpret(step.graph, { ...carried, ...pace }, "float64");
    path.push([...carried["weight"].data]);
  }
  return path;
}

test.each(Object.entries(OPTIMISERS))("%s finds the bottom of a bowl", (_, rule) => {
  const path = descend(rule.optimiser, rule.learningRate, 1500);
  path.at(-1)?.forEach((w, i) => {
    expect(w).toBeCloseTo(LOWEST[i], 4);
  });
});

test.each(Object.entries(OPTIMISERS))("%s stays where the gradient is 0", (_, { optimiser }) => {
  const nothing = numbers({ keys: 2 }, [0, 0]);
  const state = Object.fromEntries(optimiser.remembers.map((what) => [what, nothing]));
  const { parameter } = optimiser.update(numbers({ keys: 2 }, [5, -7]), nothing, state, {
    learningRate: 0.1,
    step: 1,
  });
  expect(numbersOf(parameter)).toEqual([5, -7]);
});

test("one step of AdamW by hand", () => {
  const optimiser = adamW({ weightDecay: 0.5 });
  const zero = numbers({}, [0]);
  const { parameter, state } = optimiser.update(
    numbers({}, [2]),
    numbers({}, [-3]),
    { firstMoment: zero, secondMoment: zero },
    { learningRate: 0.1, step: 1 },
  );
  // m = 0.1 · −3, v = 0.001 · 9; corrected they are −3 and 9, so the step is −η · −3/√9 = 0.1, after
  // the decay 2 (1 − 0.1 · 0.5) = 1.9.
  expect(numbersOf(state["firstMoment"])[0]).toBeCloseTo(-0.3, 14);
  expect(numbersOf(state["secondMoment"])[0]).toBeCloseTo(0.009, 14);
  expect(numbersOf(parameter)[0]).toBeCloseTo(2, 8);
});

test("the first steps of Adam are of one length in single precision too", () => {
  // The bias corrections nearly cancel: 1 − 0.999 has only four digits there if taken as it stands.
  const optimiser = adam({ epsilon: 1e-12 });
  const zero = numbers({}, [0]);
  const { parameter } = optimiser.update(
    zero,
    numbers({}, [0.37]),
    { firstMoment: zero, secondMoment: zero },
    { learningRate: 1, step: 1 },
  );
  expect(Math.abs(numbersOf(parameter, "float32")[0] + 1)).toBeLessThan(4e-7);
});

test("momentum adds up: two equal gradients move by 1, then by 1 + μ", () => {
  const optimiser = sgd({ momentum: 0.5 });
  const gradient = numbers({}, [1]);
  const pace = { learningRate: 1, step: 1 };
  const first = optimiser.update(numbers({}, [0]), gradient, { velocity: numbers({}, [0]) }, pace);
  expect(numbersOf(first.parameter)).toEqual([-1]);
  const second = optimiser.update(first.parameter, gradient, first.state, { ...pace, step: 2 });
  expect(numbersOf(second.parameter)).toEqual([-2.5]);
});

test("dampening spares the first gradient", () => {
  const optimiser = sgd({ momentum: 0.5, dampening: 0.75 });
  const gradient = numbers({}, [4]);
  const pace = { learningRate: 1, step: 1 };
  const first = optimiser.update(numbers({}, [0]), gradient, { velocity: numbers({}, [0]) }, pace);
  const second = optimiser.update(first.parameter, gradient, first.state, { ...pace, step: 2 });
  expect(numbersOf(first.state["velocity"])).toEqual([4]);
  expect(numbersOf(second.state["velocity"])).toEqual([3]);
});

test("coupled decay passes through Adam's scale, decoupled decay does not", () => {
  const zero = numbers({}, [0]);
  const moved = (optimiser: Optimiser): number => {
    const state = { firstMoment: zero, secondMoment: zero };
    const pace = { learningRate: 0.1, step: 1 };
    return numbersOf(optimiser.update(numbers({}, [8]), zero, state, pace).parameter)[0];
  };
  // Adam takes decay for a gradient, and all gradients have one length at first.
  expect(moved(adam({ weightDecay: 0.5 }))).toBeCloseTo(7.9, 7);
  expect(moved(adamW({ weightDecay: 0.5 }))).toBeCloseTo(8 * 0.95, 12);
});

test("AMSGrad does not forget the steepest place", () => {
  const optimiser = adam({ amsgrad: true, betas: [0.9, 0.5] });
  const state = {
    firstMoment: numbers({}, [0]),
    secondMoment: numbers({}, [1]),
    largestSecondMoment: numbers({}, [9]),
  };
  const { state: next } = optimiser.update(numbers({}, [0]), numbers({}, [1]), state, {
    learningRate: 0.1,
    step: 5,
  });
  expect(numbersOf(next["secondMoment"])).toEqual([1]);
  expect(numbersOf(next["largestSecondMoment"])).toEqual([9]);
});

test("options out of range are refused", () => {
  expect(() => sgd({ momentum: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: sgd: expected momentum in [0, 1), got 1.]`,
  );
  expect(() => sgd({ nesterov: true })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: sgd: expected momentum > 0 and no dampening with nesterov, got momentum 0 and dampening 0.]`,
  );
  expect(() => adam({ betas: [0.9, 1] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: adam: expected betas[1] in [0, 1), got 1.]`,
  );
  expect(() => adamW({ weightDecay: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: adamW: expected weightDecay ≥ 0, got -1.]`,
  );
});
