import { expect, test } from "vitest";
import type { DataSet } from "../../../data/index.ts";
import {
  protocol,
  REPORT_FORMAT,
  REPORT_VERSION,
  type Report,
  type Sample,
  setReport,
} from "../../../evaluate/index.ts";
import { runLengthString, runLengths } from "../../../image/index.ts";
import { randomNumbers } from "../../../tensor/index.ts";
import { runNames } from "../runNames.ts";
import { figureFiles } from "./figureFiles.ts";
import { figuresOf, runsOf } from "./figures.ts";
import { extremes } from "./gallery.ts";
import { htmlReport } from "./htmlReport.ts";
import { publishedClicks, publishedCurves } from "./published.ts";
import { resultsTable } from "./resultsTable.ts";

const SIZE = { width: 10, height: 10 };
const SQUARE = { ...SIZE, data: Uint8Array.from({ length: 100 }, (_, at) => (at < 50 ? 1 : 0)) };

function sample(id: string, ...right: readonly number[]): Sample {
  const overlaps = right.map((intersection) => [intersection, 100] as const);
  return {
    ...SIZE,
    id,
    overlaps,
    boundaries: overlaps,
    brier: right.map((value) => 1 - value / 100),
    ece: right.map(() => 0.1),
    clicks: right.map((_, k) => [k, 2, k === 1 ? "background" : "object"] as const),
    mask: runLengthString(runLengths(SQUARE).counts),
    kept: { checked: 1, violated: 0 },
    latencyMs: { encode: 1, clicks: right.map((_, k) => 10 + k) },
    hash: id,
  };
}

function report(model: string, ...samples: readonly Sample[]): Report {
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    maskwise: "0.0.0",
    protocol: protocol({ clicks: 3, pattern: "centre", seed: 1, flip: false, zoom: false }),
    model,
    device: "a test",
    complete: true,
    sets: { grabcut: setReport(samples, [], randomNumbers) },
  };
}

const OURS = report("<ours>", sample("good", 80, 90, 95), sample("bad & ugly", 10, 30, 20));
const OTHER = report("other", sample("good", 70, 80, 90), sample("bad & ugly", 20, 20, 20));

const GRABCUT: DataSet = {
  name: "grabcut",
  count: 2,
  items: () =>
    ["good", "bad & ugly"].map((id) => ({
      id,
      load: async () => ({ picture: { ...SIZE, data: new Uint8Array(300) }, truth: SQUARE }),
    })),
};

test("a page needs nothing from elsewhere, and names stay text", async () => {
  const page = await htmlReport(OURS, [OTHER], [GRABCUT]);
  expect(page).toContain("<h1>&lt;ours&gt;: evaluation</h1>");
  expect(page).not.toContain("<ours>");
  expect(page).toContain("bad &amp; ugly: 20.0 % after 3 clicks");
  expect(page).toContain("Beside other: last masks: 2 of 2 equal (100.0 %), mean IoU");
  // The one address is the name of SVG; pictures are inside.
  const addresses = page.match(/https?:[^"]*/g) ?? [];
  expect(new Set(addresses)).toEqual(new Set(["http://www.w3.org/2000/svg"]));
  expect(page.match(/href="(?!data:image\/jpeg)/g)).toBeNull();
});

test("both runs, their intervals and the published curves are in the figure of IoU", () => {
  const [iou] = figuresOf("grabcut", runsOf("grabcut", [OURS, OTHER]));
  expect(iou.svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(iou.svg).toContain(">&lt;ours&gt;</text>");
  expect(iou.svg).toContain(">other</text>");
  const paths = (label: string) => iou.svg.split(`aria-label="${label}"`)[1].split("</g>")[0];
  expect(paths("area").match(/<path/g)).toHaveLength(2);
  expect(paths("line").match(/<path/g)).toHaveLength(publishedCurves.length);
});

test("runs of one model are told apart by their devices, and by numbers where these are the same", () => {
  const run = (model: string, device: string) => ({ model, device: `${device}; a machine` });
  const [ours, cpu, wasm] = [run("ours", "cpu"), run("colour", "cpu"), run("colour", "wasm")];
  expect(runNames([ours, cpu])).toEqual(["ours", "colour"]);
  expect(runNames([ours, cpu, wasm, cpu])).toEqual([
    "ours",
    "colour on cpu (1)",
    "colour on wasm",
    "colour on cpu (2)",
  ]);
});

test("figures are written as SVG and as PNG", async () => {
  const files = await figureFiles("figures", OURS, []);
  const names = ["iou", "gain", "clicks", "calibration", "latency"];
  expect(files.map(({ path }) => path)).toEqual(
    names.flatMap((name) => [`figures/grabcut-${name}.svg`, `figures/grabcut-${name}.png`]),
  );
  for (const { path, data } of files) {
    if (path.endsWith(".png")) expect(data.slice(1, 4).toString()).toBe("PNG");
  }
});

test("the worst come in order, nobody is both best and worst", () => {
  const samples = [3, 1, 2, 5, 4].map((right) => sample(`${right}`, right));
  const { best, worst } = extremes(samples);
  expect(best.map(({ id }) => id)).toEqual(["5", "4", "3"]);
  expect(worst.map(({ id }) => id)).toEqual(["1", "2"]);
});

test("the table of results has ours with intervals, and others' with sources", () => {
  const table = resultsTable([OURS, { ...OTHER, complete: false }]);
  expect(table).toContain("| **<ours>** | 2 | 2.00 [1.00, 3.00] |");
  expect(table).toContain("| **other (not complete)** | 2 |");
  expect(table).toContain("| RITM HRNet18 IT-M, trained on SBD | whole set | | | 2.04 |");
  expect(table).toContain("for the standard sets is their public half");
});

test("published numbers are numbers of clicks and percents, each with a source", () => {
  for (const { noc90, source } of publishedClicks) {
    expect(source).not.toBe("");
    for (const clicks of Object.values(noc90)) expect(clicks >= 1 && clicks <= 20).toBe(true);
  }
  for (const { miou } of publishedCurves) {
    for (const curve of Object.values(miou)) {
      expect(curve).toHaveLength(5);
      expect(curve).toEqual(curve.toSorted((a, b) => a - b));
      expect(curve[0] > 50 && curve[4] < 100).toBe(true);
    }
  }
});
