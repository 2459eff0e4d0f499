import { expect, test } from "vitest";
import { runLengthString } from "../image/runLengthString.ts";
import { randomNumbers } from "../tensor/random.ts";
import { compared } from "./intervals.ts";
import { protocol, type Report, setReport } from "./report.ts";
import { reportSchema } from "./reportSchema.ts";
import type { Sample } from "./sample.ts";

/** An object of 100 pixels with these many right after each click. */
function sample(id: string, ...right: readonly number[]): Sample {
  const overlaps = right.map((intersection) => [intersection, 100] as const);
  return {
    id,
    width: 10,
    height: 10,
    overlaps,
    boundaries: overlaps,
    brier: right.map((value) => 1 - value / 100),
    ece: right.map(() => null),
    clicks: right.map((_, k) => [k, 0, "object"] as const),
    mask: runLengthString([100]),
    kept: { checked: 3, violated: 0 },
    latencyMs: { encode: 2, clicks: right.map(() => 1) },
    hash: id,
  };
}

const SAMPLES = [sample("a", 50, 85, 96), sample("b", 92, 91, 93), sample("c", 10, 20, 30)];

const REPORT: Report = {
  format: "maskwise evaluation",
  version: 1,
  maskwise: "0.0.0",
  protocol: protocol({ clicks: 3, pattern: "centre", seed: 1, flip: false, zoom: false }),
  model: "colour",
  device: "a test",
  complete: true,
  sets: { drawn: setReport(SAMPLES, [{ id: "d", reason: "no object" }], randomNumbers) },
};

test("a report comes back from its JSON through the schema as it was", () => {
  expect(reportSchema.parse(JSON.parse(JSON.stringify(REPORT)))).toEqual(REPORT);
});

test("what is no report, or one of another version, is refused with the path to the fault", () => {
  const fault = (value: unknown) => reportSchema.safeParse(value).error?.issues[0].path.join(".");
  expect(fault({ ...REPORT, version: 2 })).toBe("version");
  const damaged = structuredClone(REPORT) as {
    sets: Record<string, { noc: Record<string, unknown> }>;
  };
  const { drawn } = damaged.sets;
  drawn.noc["90"] = "two";
  expect(fault(damaged)).toBe("sets.drawn.noc.90");
});

test("the summary of a set, with its intervals around the means", () => {
  const { drawn } = REPORT.sets;
  const { noc, nof, miou, intervals, skipped } = drawn;
  expect(noc).toEqual({ "80": 2, "85": 2, "90": 7 / 3, "95": 3 });
  expect(nof).toEqual({ "80": 1, "85": 1, "90": 1, "95": 2 });
  expect(miou[2]).toBeCloseTo((0.96 + 0.93 + 0.3) / 3, 12);
  const [from, to] = intervals.miou[2] ?? [1, 0];
  expect(from).toBeGreaterThanOrEqual(0.3);
  expect(from).toBeLessThan(miou[2] ?? 0);
  expect(to).toBeGreaterThan(miou[2] ?? 1);
  expect(skipped).toEqual([{ id: "d", reason: "no object" }]);
});

test("a run compared with itself differs by nothing", () => {
  const { objects, unpaired, noc, miou, masks } = compared(SAMPLES, SAMPLES, randomNumbers);
  expect({ objects, unpaired }).toEqual({ objects: 3, unpaired: 0 });
  expect(noc["90"]).toEqual({ mean: 0, interval: [0, 0] });
  expect(masks).toEqual({ objects: 3, equal: 3, maskIou: 1 });
  expect(miou).toEqual(Array(3).fill({ mean: 0, interval: [0, 0] }));
});

test("objects are paired by name, and the same gain on each is a sure difference", () => {
  const worse = [sample("c", 5, 15, 25), sample("a", 45, 80, 91), sample("x", 1, 1, 1)];
  const { objects, unpaired, noc, miou } = compared(SAMPLES, worse, randomNumbers);
  expect({ objects, unpaired }).toEqual({ objects: 2, unpaired: 2 });
  expect(miou[1].mean).toBeCloseTo(0.05, 12);
  expect(miou[1].interval?.[0]).toBeCloseTo(0.05, 12);
  expect(noc["85"].mean).toBe(-0.5);
});

test("runs of other objects, or of other numbers of clicks, are not compared", () => {
  expect(() =>
    compared(SAMPLES, [sample("z", 1, 1, 1)], randomNumbers),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: compared: expected runs on the same objects, got none in common.]`,
  );
  expect(() =>
    compared(SAMPLES, [sample("a", 1, 1)], randomNumbers),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: compared: expected runs of equally many clicks, got 3 and 2.]`,
  );
});
