/** The curves of a run as a page that needs nothing else, and that loads itself anew while it goes on. */

import * as Plot from "@observablehq/plot";
import { html, raw } from "hono/html";
import { parseHTML } from "linkedom";
import type { Figure, HeldOutFigures } from "./runFolder.ts";

type Step = Extract<Figure, { kind: "step" }>;

/** More points along a line than this are averaged: they could not be told apart. */
const MOST_POINTS = 200;
/** How often the page loads itself anew. */
const REFRESH_SECONDS = 15;

const { document } = parseHTML("<!doctype html><html><body></body></html>");

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
  figure { margin: 1.5rem 0; overflow-x: auto; }
  figcaption, small { color: #555; }`;

/**
 * @param total   Steps of the whole run.
 * @param isGoing Whether there will be more.
 */
export async function curvesPage(
  title: string,
  figures: readonly Figure[],
  total: number,
  isGoing: boolean,
): Promise<string> {
  const steps = figures.filter((one): one is Step => one.kind === "step");
  const looks = figures.filter((one) => one.kind === "held out");
  const last = steps.at(-1);
  const page = await html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
${isGoing ? html`<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : ""}
<title>${title}: training</title>
<style>${raw(STYLE)}</style>
<h1>${title}: training</h1>
<p>${(last?.step ?? -1) + 1} of ${total} steps.</p>
${drawn("Loss, by task", lossCurve(steps))}
${looks.length > 0 ? drawn("Mean IoU on held-out pictures, after clicks", iouCurve(looks)) : ""}
${looks.length > 0 ? drawn("Clicks to reach an IoU on held-out pictures", clicksCurve(looks)) : ""}
${drawn("Length of the gradients before they are shortened", normCurve(steps))}
${drawn("Learning rate", rateCurve(steps))}
${drawn("Seconds a step", secondsCurve(steps))}
</html>
`;
  return String(page);
}

function drawn(caption: string, svg: string) {
  return html`<figure><figcaption>${caption}</figcaption>${raw(svg)}</figure>`;
}

function svgOf(options: Plot.PlotOptions): string {
  const shared = { width: 700, height: 280, marginLeft: 60 };
  return Plot.plot({ ...shared, document: document as unknown as Document, ...options }).outerHTML;
}

interface Point {
  readonly step: number;
  readonly value: number;
  readonly name: string;
}

/** The means of equally many neighbours. */
function thinned(points: readonly Point[]): readonly Point[] {
  const each = Math.ceil(points.length / MOST_POINTS);
  return Array.from({ length: Math.ceil(points.length / Math.max(1, each)) }, (_, i) => {
    const some = points.slice(i * each, (i + 1) * each);
    const value = some.reduce((sum, point) => sum + point.value, 0) / some.length;
    return { step: some[Math.floor(some.length / 2)].step, value, name: some[0].name };
  });
}

function lossCurve(steps: readonly Step[]): string {
  const tasks = [...new Set(steps.map(({ task }) => task))];
  const points = tasks.flatMap((task) =>
    thinned(
      steps
        .filter((one) => one.task === task)
        .map(({ step, loss }) => ({ step, value: loss, name: task })),
    ),
  );
  return lines(points, "loss", { zero: true });
}

function iouCurve(looks: readonly HeldOutFigures[]): string {
  const points = looks.flatMap(({ step, miou }) =>
    [1, 2, 3, 5, 10, 20].flatMap((clicks) => {
      const value = miou[clicks - 1];
      return typeof value === "number" ? [{ step, value: 100 * value, name: `${clicks}` }] : [];
    }),
  );
  return lines(points, "mean IoU, %", { domain: [0, 100] });
}

function clicksCurve(looks: readonly HeldOutFigures[]): string {
  const points = looks.flatMap(({ step, noc }) =>
    Object.entries(noc).map(([percent, value]) => ({ step, value, name: `${percent} %` })),
  );
  return lines(points, "clicks", { zero: true });
}

function normCurve(steps: readonly Step[]): string {
  return curve(steps, ({ gradientNorm }) => gradientNorm, "length");
}

function rateCurve(steps: readonly Step[]): string {
  return curve(steps, ({ learningRate }) => learningRate, "rate");
}

function secondsCurve(steps: readonly Step[]): string {
  return curve(steps, ({ seconds }) => seconds, "seconds");
}

function curve(steps: readonly Step[], value: (step: Step) => number, label: string): string {
  const points = steps.map((one) => ({ step: one.step, value: value(one), name: label }));
  return lines(thinned(points), label, { zero: true });
}

function lines(points: readonly Point[], label: string, y: Plot.ScaleOptions): string {
  const names = new Set(points.map(({ name }) => name));
  return svgOf({
    x: { label: "steps" },
    y: { label, grid: true, ...y },
    // Also where names look like numbers.
    color: { type: "categorical" },
    marginRight: names.size > 1 ? 90 : 20,
    marks: [
      Plot.lineY(points, { x: "step", y: "value", z: "name", stroke: "name", strokeWidth: 1.5 }),
      names.size > 1
        ? Plot.text(
            [...names].map((name) => points.findLast((point) => point.name === name)),
            { x: "step", y: "value", text: "name", fill: "name", textAnchor: "start", dx: 6 },
          )
        : undefined,
    ],
  });
}
