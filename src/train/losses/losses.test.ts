import { expect, test } from "vitest";
import { gradientError } from "../../../test/support/finiteDifferences.ts";
import {
  bools,
  computed,
  ints,
  normalTensor,
  numbers,
  numbersOf,
} from "../../../test/support/namedTensors.ts";
import { gradient } from "../../graph/gradient.ts";
import { graph } from "../../graph/graph.ts";
import { interpret, type Precision } from "../../graph/interpreter.ts";
import type { Node } from "../../graph/node.ts";
import { constant } from "../../graph/operations/constant.ts";
import { input } from "../../graph/operations/input.ts";
import { less } from "../../graph/operations/less.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { sigmoid } from "../../graph/operations/sigmoid.ts";
import { softplus } from "../../graph/operations/softplus.ts";
import { where } from "../../graph/operations/where.ts";
import { axesOf, type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import { bceWithLogits } from "./bceWithLogits.ts";
import { crossEntropy } from "./crossEntropy.ts";
import { focal } from "./focal.ts";
import { normalisedFocal } from "./normalisedFocal.ts";
import { softIoU } from "./softIoU.ts";

const SIZES = { batch: 2, height: 3, width: 4 };
const AXES = axesOf("test", SIZES);
const X = normalTensor(AXES, 3);
const TRUTH = less(0, constant(normalTensor(AXES, 4)));
const TARGET = where(TRUTH, constant(tensor({}, [1])), 0);
/** A target between 0 and 1. */
const SOFT = sigmoid(constant(normalTensor(AXES, 5)));
/** Not all of the first image, and all of the second. */
const VALID = less(
  constant(tensor({ batch: 2 }, [-0.5, -9])),
  constant(normalTensor(axesOf("test", { batch: 2, height: 3, width: 4 }), 6)),
);

type Loss = (logits: Node, target: Node, valid?: Node) => Node;

const LOSSES: Readonly<Record<string, Loss>> = {
  "normalised focal": (x, y, valid) => normalisedFocal(x, y, { valid }),
  "normalised focal, attached": (x, y, valid) =>
    normalisedFocal(x, y, { valid, normaliser: "attached", gamma: 1.5, balance: 0.3 }),
  focal: (x, y, valid) => focal(x, y, { valid }),
  "focal, balanced": (x, y, valid) => focal(x, y, { valid, gamma: 0.5, balance: 0.25 }),
  "soft IoU": (x, y, valid) => softIoU(x, y, { valid }),
  "soft IoU, maximum": (x, y, valid) => softIoU(x, y, { valid, union: "maximum" }),
  "binary cross-entropy": (x, y, valid) => bceWithLogits(x, y, { valid }),
};

/** Losses whose gradient is the slope of their value: a detached normaliser is none. */
const SMOOTH = Object.entries(LOSSES).filter(([name]) => name !== "normalised focal");

function valueAndSlope(
  loss: Loss,
  logits: HostTensor,
  valid: Node | undefined = undefined,
  precision: Precision = "float64",
): { value: number; slope: number[] } {
  const x = input("x", Object.fromEntries(logits.axes.map(({ name, size }) => [name, size])));
  const value = loss(x, TARGET, valid);
  const results = interpret(graph({ value, ...gradient(value, { x }) }), { x: logits }, precision);
  return { value: results["value"].data[0], slope: [...results["x"].data] };
}

function scaled(by: number): HostTensor {
  return computed(multiply(constant(X), by));
}

/** Logits that are right everywhere, by so much. */
function right(by: number): HostTensor {
  return computed(where(TRUTH, constant(tensor({}, [by])), -by));
}

test.each(Object.entries(LOSSES))("%s: zero at the truth, above it elsewhere", (_, loss) => {
  expect(valueAndSlope(loss, right(800)).value).toBe(0);
  expect(valueAndSlope(loss, X).value).toBeGreaterThan(0);
  expect(valueAndSlope(loss, right(3)).value).toBeLessThan(valueAndSlope(loss, right(1)).value);
});

test.each(SMOOTH)("%s: the gradient is the slope", (_, loss) => {
  expect(gradientError(({ x }) => loss(x, TARGET, VALID), { x: X })).toBeLessThan(1e-8);
});

test.each(SMOOTH.filter(([name]) => /cross|IoU/.test(name)))(
  "%s: the gradient is the slope for targets between 0 and 1",
  (_, loss) => {
    expect(gradientError(({ x }) => loss(x, SOFT), { x: X })).toBeLessThan(1e-8);
  },
);

test.each(Object.entries(LOSSES))(
  "%s: what is not valid changes nothing, whatever it is",
  (_, loss) => {
    const plain = valueAndSlope(loss, X, VALID);
    const valid = computed(VALID).data;
    for (const other of [7, 1e30, Number.POSITIVE_INFINITY, Number.NaN]) {
      const data = X.data.map((x, i) => (valid[i] === 1 ? x : other));
      const moved = valueAndSlope(loss, { ...X, data: Float64Array.from(data) }, VALID);
      expect(moved).toEqual(plain);
      moved.slope.forEach((slope, i) => {
        if (valid[i] === 0) expect(Math.abs(slope)).toBe(0);
      });
    }
  },
);

test.each(Object.entries(LOSSES))(
  "%s: stays finite for extreme logits, in both precisions",
  (_, loss) => {
    for (const precision of ["float64", "float32"] as const) {
      for (const size of [0, 1e-30, 90, 800, 1e6, 1e30]) {
        for (const logits of [scaled(size), right(size), right(-size)]) {
          const { value, slope } = valueAndSlope(loss, logits, VALID, precision);
          expect([value, ...slope].every(Number.isFinite)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
        }
      }
    }
  },
);

test.each(Object.entries(LOSSES))("%s: zero where no pixel is valid", (_, loss) => {
  const { value, slope } = valueAndSlope(loss, X, bools({}, [false]));
  expect(value).toBe(0);
  expect(slope.every((each) => each === 0)).toBe(true);
});

test("an undecided pixel costs log 2, and pulls by half", () => {
  const x = input("x", { width: 2 });
  const loss = bceWithLogits(x, numbers({ width: 2 }, [1, 0]));
  const results = interpret(
    graph({ loss, ...gradient(loss, { x }) }),
    { x: tensor({ width: 2 }, [0, 0]) },
    "float64",
  );
  expect(results["loss"].data[0]).toBeCloseTo(Math.LN2, 14);
  expect([...results["x"].data]).toEqual([-0.25, 0.25]);
});

test("softplus keeps digits on both sides", () => {
  const x = numbers({ keys: 4 }, [-40, 0, 40, 1000]);
  const expected = [Math.log1p(Math.exp(-40)), Math.LN2, 40, 1000];
  numbersOf(softplus(x)).forEach((each, i) => {
    expect(Math.abs(each - expected[i])).toBeLessThan(1e-15 * Math.max(1, expected[i]));
  });
});

test("a pixel that is right by far keeps the digits of its cross-entropy and of its pull", () => {
  const x = numbers({ width: 2 }, [30, -30]);
  const loss = bceWithLogits(x, numbers({ width: 2 }, [1, 0]));
  const pull = gradient(loss, { x }).x;
  const expected = Math.exp(-30);
  expect(numbersOf(loss, "float32")[0] / expected).toBeCloseTo(1, 6);
  expect(numbersOf(pull, "float32")[0] / (-expected / 2)).toBeCloseTo(1, 6);
  expect(numbersOf(pull, "float32")[1] / (expected / 2)).toBeCloseTo(1, 6);
});

test("without focus, focal loss is binary cross-entropy", () => {
  const plain = numbersOf(bceWithLogits(constant(X), TARGET, { valid: VALID }));
  const unfocused = numbersOf(focal(constant(X), TARGET, { valid: VALID, gamma: 0 }));
  expect(unfocused[0]).toBeCloseTo(plain[0], 14);
});

test("normalised focal loss does not care how many pixels are easy", () => {
  const hard = { logits: [0, 0], target: [1, 0] };
  const easy = Array.from({ length: 50 }, () => 60);
  const few = normalisedFocal(
    numbers({ width: 2 }, hard.logits),
    numbers({ width: 2 }, hard.target),
  );
  const many = normalisedFocal(
    numbers({ width: 52 }, [...hard.logits, ...easy]),
    numbers({ width: 52 }, [...hard.target, ...easy.map(() => 1)]),
  );
  expect(numbersOf(few)[0]).toBeCloseTo(Math.LN2, 14);
  expect(numbersOf(many)[0]).toBeCloseTo(Math.LN2, 14);
});

test("the detached normaliser changes the gradient and not the value", () => {
  const attached = valueAndSlope((x, y) => normalisedFocal(x, y, { normaliser: "attached" }), X);
  const detached = valueAndSlope((x, y) => normalisedFocal(x, y), X);
  expect(detached.value).toBe(attached.value);
  expect(detached.slope).not.toEqual(attached.slope);
});

test("both unions are one for targets of 0 and 1, and differ for those between", () => {
  const of = (union: "product" | "maximum", target: Node): number =>
    numbersOf(softIoU(constant(X), target, { union }))[0];
  expect(of("maximum", TARGET)).toBeCloseTo(of("product", TARGET), 14);
  expect(of("maximum", SOFT)).toBeLessThan(of("product", SOFT));
});

test("every image counts alike in a loss per image", () => {
  const x = numbers({ batch: 2, width: 2 }, [0, 0, 900, 900]);
  const y = numbers({ batch: 2, width: 2 }, [1, 1, 1, 1]);
  expect(numbersOf(normalisedFocal(x, y))[0]).toBeCloseTo(Math.LN2 / 2, 14);
  expect(numbersOf(softIoU(x, y))[0]).toBeCloseTo(0.25, 8);
});

const CLASSES = axesOf("test", { batch: 2, classes: 5, height: 2, width: 3 });
const LABELS = ints({ batch: 2, height: 2, width: 3 }, [0, 1, 4, 255, 3, 2, 255, 255, 0, 0, 1, 1]);

test("cross-entropy: the gradient is the slope", () => {
  const x = normalTensor(CLASSES, 8);
  expect(gradientError(({ x: logits }) => crossEntropy(logits, LABELS), { x })).toBeLessThan(1e-8);
});

test("cross-entropy of equal logits is log of the number of classes", () => {
  expect(
    numbersOf(
      crossEntropy(constant({ ...normalTensor(CLASSES, 8), data: new Float64Array(60) }), LABELS),
    )[0],
  ).toBeCloseTo(Math.log(5), 14);
});

test("cross-entropy is zero at the truth, and where every pixel is ignored", () => {
  const x = numbers({ classes: 2, width: 2 }, [900, -900, -900, 900]);
  expect(numbersOf(crossEntropy(x, ints({ width: 2 }, [0, 1])))).toEqual([0]);
  expect(numbersOf(crossEntropy(x, ints({ width: 2 }, [1, 1])))).toEqual([900]);
  expect(numbersOf(crossEntropy(x, ints({ width: 2 }, [255, 255])))).toEqual([0]);
  expect(numbersOf(crossEntropy(x, ints({ width: 2 }, [7, 1]), { ignoreIndex: 7 }))).toEqual([0]);
});

test("a target that does not fit the logits is refused", () => {
  const x = numbers({ batch: 1, width: 2 }, [0, 0]);
  expect(() => focal(x, numbers({ width: 2 }, [1, 0]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: focal: target has no axis "batch", only [width 2].]`,
  );
  expect(() =>
    softIoU(x, numbers({ batch: 1, width: 3 }, [1, 0, 1])),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: softIoU: axis "width" is 2 in logits but 3 in target.]`,
  );
  expect(() =>
    bceWithLogits(x, numbers({ batch: 1, width: 2, heads: 1 }, [1, 0])),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: bceWithLogits: axis "heads" of target is not one of the logits, [batch 1, width 2].]`,
  );
});

test("options out of range are refused", () => {
  const x = numbers({ width: 2 }, [0, 0]);
  expect(() => focal(x, x, { gamma: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: focal: expected gamma ≥ 0, got -1.]`,
  );
  expect(() => normalisedFocal(x, x, { balance: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: normalisedFocal: expected balance in [0, 1], got 2.]`,
  );
  expect(() => softIoU(x, x, { epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: softIoU: expected epsilon > 0, got 0.]`,
  );
});
