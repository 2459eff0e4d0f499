import { expect, test } from "vitest";
import { numbers, numbersOf } from "../../../test/support/namedTensors.ts";
import { begun } from "../../../test/support/runLayer.ts";
import type { Node } from "../../graph/node.ts";
import type { ClickInputs } from "./clickInputs.ts";
import { clickShares } from "./clickShares.ts";
import { correctiveClassifier, correctiveClassifierParameters } from "./correctiveClassifier.ts";

const GRID = { height: 4, width: 8, stride: 4 };
const PIXELS = GRID.height * GRID.width;
const CORRECTIVE = { kind: "corrective", stride: 2, heads: 1, channels: 2, valueSteps: 1 } as const;

/** Far apart in features: the left half and the right half. */
const FEATURES = numbers(
  { channels: 2, height: GRID.height, width: GRID.width },
  Array.from({ length: 2 * PIXELS }, (_, i) => {
    const isLeft = i % GRID.width < GRID.width / 2;
    return isLeft === i < PIXELS ? 5 : 0;
  }),
);

const PARAMETERS = {
  ...begun(correctiveClassifierParameters(2, CORRECTIVE, 4)),
  query: numbers({ heads: 1, parts: 2, channels: 2 }, [1, 0, 0, 1]),
};

const plane = (value: number): Node =>
  numbers({ height: GRID.height, width: GRID.width }, new Array<number>(PIXELS).fill(value));

/** One click in the left half. */
function click(says: number, weight: number): ClickInputs {
  const one = (value: number) => numbers({ clicks: 1 }, [value]);
  return { row: one(4), column: one(4), says: one(says), weight: one(weight) };
}

function corrected(logit: number, clicks: ClickInputs, valueSteps = 1): number[] {
  const own = { ...CORRECTIVE, valueSteps };
  return numbersOf(correctiveClassifier(FEATURES, plane(logit), clicks, GRID, own, PARAMETERS));
}

const isLeft = (pixel: number) => pixel % GRID.width < 3;
const isRight = (pixel: number) => pixel % GRID.width > 4;

test("logits that agree everywhere stay as they are, unless a click says otherwise", () => {
  for (const logit of [-3, 0, 2]) {
    for (const value of corrected(logit, click(1, 0))) expect(value).toBeCloseTo(logit, 12);
  }
  expect(corrected(-3, click(1, 1), 0)).toEqual(corrected(-3, click(1, 0)));
});

test("a click reaches the pixels that look like it, and leaves the others alone", () => {
  const [object, background] = [corrected(0, click(1, 1)), corrected(0, click(0, 1))];
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    // What is said of the background is said of the object with the other sign.
    expect(background[pixel]).toBeCloseTo(-object[pixel], 12);
    if (isLeft(pixel)) expect(object[pixel]).toBeGreaterThan(0.2);
    if (isRight(pixel)) expect(Math.abs(object[pixel])).toBeLessThan(1e-3);
  }
});

test("more steps take up more of a click, never beyond what it says", () => {
  const [one, many] = [corrected(0, click(1, 1)), corrected(0, click(1, 1), 20)];
  expect(many[0]).toBeGreaterThan(one[0]);
  // γ begins at 1, and values end at 1.
  expect(Math.max(...many)).toBeLessThan(1);
});

/** Clicks in both halves, of which one may be padding. */
function clicksOf(says: readonly number[], weights: readonly number[], strength?: number) {
  const list = (values: readonly number[]) => numbers({ clicks: 2 }, [...values]);
  return {
    row: list([4, 12]),
    column: list([4, 28]),
    says: list(says),
    weight: list(weights),
    ...(strength !== undefined && { strength: numbers({}, [strength]) }),
  };
}

test("shares of a pixel sum to one, and are the weights of what it is expected to hold", () => {
  for (const [says, weights] of [
    [
      [1, 0],
      [1, 1],
    ],
    [
      [1, 1],
      [1, 0],
    ],
    [
      [0, 1],
      [0, 0],
    ],
  ] as const) {
    const logit = 0.8;
    const clicks = clicksOf(says, weights);
    const shares = numbersOf(
      clickShares(FEATURES, plane(logit), clicks, GRID, CORRECTIVE, PARAMETERS),
    );
    const after = numbersOf(
      correctiveClassifier(FEATURES, plane(logit), clicks, GRID, CORRECTIVE, PARAMETERS),
    );
    const tokens = PIXELS / 4;
    const own = Math.tanh(logit / 2);
    for (let token = 0; token < tokens; token++) {
      const [model, one, other] = [0, 1, 2].map((source) => shares[source * tokens + token]);
      expect(model + one + other).toBeCloseTo(1, 6);
      expect(Math.min(model, one, other)).toBeGreaterThanOrEqual(0);
      // γ begins at 1: z' = z + Σ share · value − μ⁰. Corners of the image are not between tokens.
      const value = model * own + one * (2 * says[0] - 1) + other * (2 * says[1] - 1);
      if (token === 0) expect(after[0]).toBeCloseTo(logit + value - own, 5);
    }
    weights.forEach((weight, i) => {
      if (weight === 0)
        expect(Math.max(...shares.slice((1 + i) * tokens, (2 + i) * tokens))).toBe(0);
    });
  }
});

test("the stronger, the farther a click reaches, and one is what it was", () => {
  const reached = (strength?: number) =>
    numbersOf(
      correctiveClassifier(
        FEATURES,
        plane(-1),
        clicksOf([1, 1], [1, 0], strength),
        GRID,
        CORRECTIVE,
        PARAMETERS,
      ),
    );
  expect(reached(1)).toEqual(reached());
  const steps = [1 / 8, 1 / 2, 1, 2, 8].map(reached);
  for (let i = 1; i < steps.length; i++) {
    expect(steps[i].every((value, at) => value >= steps[i - 1][at])).toBe(true);
    expect(steps[i][0]).toBeGreaterThan(steps[i - 1][0]);
  }
});
