import fc from "fast-check";
import { expect, test } from "vitest";
import { constantRate, cosineRate, polyRate, type Schedule, stepRate } from "./schedules.ts";

const TOTAL = 100;

const SCHEDULES: Readonly<Record<string, Schedule>> = {
  constant: constantRate,
  poly: polyRate({ total: TOTAL }),
  cosine: cosineRate({ total: TOTAL, floor: 0.1 }),
  "cosine after a warm-up": cosineRate({ total: TOTAL, warmUp: 10 }),
  step: stepRate({ every: 30 }),
};

test.each(Object.entries(SCHEDULES))("%s stays between 0 and the base rate", (_, schedule) => {
  fc.assert(
    fc.property(fc.nat(3 * TOTAL), (step) => {
      expect(schedule(step)).toBeGreaterThanOrEqual(0);
      expect(schedule(step)).toBeLessThanOrEqual(1);
    }),
  );
});

test("every schedule without a warm-up starts at the base rate and never rises", () => {
  for (const [name, schedule] of Object.entries(SCHEDULES)) {
    if (name === "cosine after a warm-up") continue;
    expect(schedule(0)).toBe(1);
    for (let step = 0; step < TOTAL; step++) {
      expect(schedule(step + 1)).toBeLessThanOrEqual(schedule(step));
    }
  }
});

test("poly and cosine end where they should, and stay there", () => {
  for (const step of [TOTAL, 2 * TOTAL]) {
    expect(SCHEDULES["poly"](step)).toBe(0);
    expect(SCHEDULES["cosine"](step)).toBeCloseTo(0.1, 14);
    expect(SCHEDULES["cosine after a warm-up"](step)).toBeCloseTo(0, 14);
  }
});

test("halfway, poly with power 1 and cosine are both at half", () => {
  expect(polyRate({ total: 10, power: 1 })(5)).toBe(0.5);
  expect(cosineRate({ total: 10 })(5)).toBeCloseTo(0.5, 14);
});

test("the warm-up climbs evenly and joins the cosine at its top", () => {
  const schedule = cosineRate({ total: 13, warmUp: 4 });
  expect([0, 1, 2, 3, 4].map(schedule)).toEqual([0.25, 0.5, 0.75, 1, 1]);
  const plain = cosineRate({ total: 9 });
  for (let step = 0; step < 9; step++) expect(schedule(step + 4)).toBe(plain(step));
});

test("a stair keeps its height for a whole step", () => {
  expect([0, 29, 30, 59, 60].map(SCHEDULES["step"]).map((rate) => rate.toFixed(12))).toEqual(
    [1, 1, 0.1, 0.1, 0.01].map((rate) => rate.toFixed(12)),
  );
});

test("options out of range are refused", () => {
  expect(() => polyRate({ total: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: polyRate: expected total ≥ 1, got 0.]`,
  );
  expect(() => cosineRate({ total: 10, warmUp: 10 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: cosineRate: expected warmUp in [0, total), got 10.]`,
  );
  expect(() => stepRate({ every: 2, factor: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: stepRate: expected factor in (0, 1], got 2.]`,
  );
});
