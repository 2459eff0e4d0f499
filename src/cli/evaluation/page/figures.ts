/** The figures of reports on one set, as SVG that stands alone. */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { clicksNeeded, type Report, type SetReport, TARGETS } from "../../../evaluate/index.ts";
import { runNames } from "../runNames.ts";
import { apart } from "./apart.ts";
import { PUBLISHED_CLICKS, publishedCurves } from "./published.ts";

export interface Figure {
  /** For files: lower case, no spaces. */
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

/** One run on the set: the first is the report's own, others are compared with it. */
export interface Run {
  /** As shown to people, unlike any other run's. */
  readonly name: string;
  readonly set: SetReport;
}

/** The runs of a set, in the order of the reports that have it. */
export function runsOf(name: string, reports: readonly Report[]): readonly Run[] {
  const names = runNames(reports);
  return reports.flatMap(({ sets }, at) => {
    const set = sets[name];
    return set === undefined ? [] : [{ name: names[at], set }];
  });
}

export function figuresOf(set: string, runs: readonly Run[]): readonly Figure[] {
  return [
    { name: `${set}-iou`, title: "Mean IoU after each click", svg: iouFigure(set, runs) },
    { name: `${set}-gain`, title: "IoU gained by each click", svg: gainFigure(runs) },
    { name: `${set}-clicks`, title: "Clicks to reach 90 % IoU", svg: clicksFigure(runs) },
    { name: `${set}-calibration`, title: "Calibration after each click", svg: brierFigure(runs) },
    { name: `${set}-latency`, title: "Time of each click", svg: latencyFigure(runs) },
  ];
}

const SIZE = { width: 640, height: 360, marginRight: 130, marginLeft: 50 };
const { document } = parseHTML("<!doctype html><html><body></body></html>");

function svgOf(options: Plot.PlotOptions): string {
  const drawn = Plot.plot({ ...SIZE, document: document as unknown as Document, ...options });
  return drawn.outerHTML.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ');
}

interface Point {
  readonly click: number;
  readonly value: number;
  readonly name: string;
}

function pointsOf(
  runs: readonly Run[],
  curve: (set: SetReport) => readonly (number | null)[],
  scale: number,
): readonly Point[] {
  return runs.flatMap(({ name, set }) =>
    curve(set).flatMap((value, k) =>
      value === null ? [] : [{ click: k + 1, value: scale * value, name }],
    ),
  );
}

/** A tick for each click. */
function whole(runs: readonly Run[]): readonly number[] {
  const most = Math.max(...runs.map(({ set }) => set.miou.length));
  return Array.from({ length: most }, (_, k) => k + 1);
}

/** Of the height of a figure, what a name takes. */
const NAME_SHARE = 1 / 24;

/** The name of each line beside its last point, none over another. */
function namesAtEnd(
  points: readonly Point[],
  extent = extentOf(points.map(({ value }) => value)),
): Plot.Markish {
  const last = [...new Map(points.map((point) => [point.name, point])).values()];
  const places = apart(
    last.map(({ value }) => value),
    NAME_SHARE * (extent[1] - extent[0]),
    extent,
  );
  return Plot.text(
    last.map(({ click, name }, i) => ({ click, name, place: places[i] })),
    { x: "click", y: "place", text: "name", fill: "name", textAnchor: "start", dx: 6 },
  );
}

/** From the least value, or 0 if that is less, to the largest. */
function extentOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(0, ...values), Math.max(...values)];
}

function iouFigure(set: string, runs: readonly Run[]): string {
  const points = pointsOf(runs, ({ miou }) => miou, 100);
  const bands = runs.flatMap(({ name, set: { intervals } }) =>
    intervals.miou.flatMap((interval, k) =>
      interval === null
        ? []
        : [{ click: k + 1, from: 100 * interval[0], to: 100 * interval[1], name }],
    ),
  );
  const published = publishedCurves.flatMap(({ name, miou }) =>
    (miou[set] ?? []).map((value, i) => ({ click: PUBLISHED_CLICKS[i], value, name })),
  );
  return svgOf({
    x: { label: "clicks", ticks: whole(runs) },
    y: { label: "mean IoU, %", grid: true, domain: [0, 100] },
    marks: [
      Plot.areaY(bands, { x: "click", y1: "from", y2: "to", fill: "name", fillOpacity: 0.2 }),
      Plot.lineY(published, { x: "click", y: "value", z: "name", stroke: "#999", strokeWidth: 1 }),
      Plot.dot(published, { x: "click", y: "value", fill: "#999", r: 1.5 }),
      Plot.lineY(points, { x: "click", y: "value", stroke: "name", strokeWidth: 2 }),
      namesAtEnd(points, [0, 100]),
    ],
  });
}

function gainFigure(runs: readonly Run[]): string {
  const points = pointsOf(runs, ({ gain }) => gain, 100).filter(({ click }) => click > 1);
  return svgOf({
    x: { label: "clicks", ticks: whole(runs) },
    y: { label: "gain of mean IoU, points", grid: true },
    marks: [
      Plot.ruleY([0]),
      Plot.lineY(points, { x: "click", y: "value", stroke: "name", strokeWidth: 2 }),
      namesAtEnd(points),
    ],
  });
}

function clicksFigure(runs: readonly Run[]): string {
  const target = TARGETS[2];
  const bars = runs.flatMap(({ name, set: { samples } }) => {
    const needed = clicksNeeded(target, samples);
    const limit = samples[0].overlaps.length;
    return Array.from({ length: limit }, (_, k) => ({
      click: k + 1,
      objects: needed.filter((count) => count === k + 1).length,
      name,
    }));
  });
  return svgOf({
    height: 120 + 130 * runs.length,
    marginRight: 20,
    x: { label: "clicks to 90 % IoU; the last bar holds objects that never did", type: "band" },
    y: { label: "objects", grid: true },
    fy: { label: null },
    marks: [
      Plot.barY(bars, { x: "click", y: "objects", fy: "name", fill: "name" }),
      Plot.ruleY([0]),
    ],
    marginLeft: 50,
    marginTop: 30,
    facet: { marginRight: 130 },
  });
}

function brierFigure(runs: readonly Run[]): string {
  const named = (suffix: string) =>
    runs.map(({ name, set }) => ({ name: `${name} ${suffix}`, set }));
  const points = [
    ...pointsOf(named("Brier"), ({ brier }) => brier, 1),
    ...pointsOf(named("ECE"), ({ ece }) => ece, 1),
  ];
  return svgOf({
    x: { label: "clicks", ticks: whole(runs) },
    y: { label: "Brier score, calibration error", grid: true, zero: true },
    marks: [
      Plot.lineY(points, { x: "click", y: "value", stroke: "name", strokeWidth: 2 }),
      namesAtEnd(points),
    ],
  });
}

function latencyFigure(runs: readonly Run[]): string {
  const times = runs.flatMap(({ name, set: { samples } }) =>
    samples.flatMap(({ latencyMs }) => latencyMs.clicks.map((ms) => ({ ms, name }))),
  );
  return svgOf({
    height: 80 + 50 * runs.length,
    marginLeft: 120,
    marginRight: 20,
    x: { label: "milliseconds a click", grid: true, zero: true },
    y: { label: null },
    marks: [Plot.boxX(times, { x: "ms", y: "name", r: 1 })],
  });
}
