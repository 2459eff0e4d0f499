/** A report as one HTML file that needs nothing else: figures, galleries, numbers. */

import { html, raw } from "hono/html";
import type { DataSet } from "../../../data/index.ts";
import { agreement, iouOf, type Report, type Sample, TARGETS } from "../../../evaluate/index.ts";
import { agreementLine } from "../table.ts";
import { figuresOf, type Run, runsOf } from "./figures.ts";
import { drawnSample, extremes } from "./gallery.ts";
import { publishedClicks, publishedCurves } from "./published.ts";

/** Markup that is safe to put into other markup. */
type Markup = ReturnType<typeof html>;

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
  table { border-collapse: collapse; margin: 1rem 0; }
  th, td { padding: 0.2rem 0.8rem; border-bottom: 1px solid #ddd; text-align: right; }
  th:first-child, td:first-child { text-align: left; min-width: 16rem; }
  figure { margin: 1.5rem 0; overflow-x: auto; }
  .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
  .gallery figure { margin: 0; }
  .gallery svg { width: 100%; height: auto; }
  small, figcaption { color: #555; }`;

/**
 * @param others   Runs to be drawn beside it, where they have the same sets.
 * @param dataSets Where the photos of the galleries come from.
 */
export async function htmlReport(
  report: Report,
  others: readonly Report[],
  dataSets: readonly DataSet[],
): Promise<string> {
  const sections: Markup[] = [];
  for (const name of Object.keys(report.sets)) {
    const runs = runsOf(name, [report, ...others]);
    const dataSet = dataSets.find((one) => one.name === name);
    sections.push(section(name, runs, await galleries(runs[0], dataSet)));
  }
  const page = await html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.model}: evaluation</title>
<style>${raw(STYLE)}</style>
<h1>${report.model}: evaluation</h1>
${report.complete ? "" : html`<p><strong>Not complete:</strong> the numbers are of the objects that were done.</p>`}
<p><small>maskwise ${report.maskwise}; ${report.device}. Protocol: ${protocolLine(report)}.</small></p>
${sections}
</html>
`;
  return String(page);
}

/** The protocol in words, for tables and pages. */
export function protocolLine({ protocol }: Report): string {
  const { clicks, pattern, seed, flip, zoom } = protocol;
  return [
    `${clicks} clicks, nobody stops at a target`,
    pattern === "centre" ? "in the centre of the largest error" : `${pattern}, seed ${seed}`,
    zoom ? "zooming in" : "no zoom",
    flip ? "flip averaging" : "no flip",
    "the most probable label wins",
  ].join("; ");
}

function section(name: string, runs: readonly Run[], gallery: Markup): Markup {
  const figures = figuresOf(name, runs).map(
    ({ title, svg }) => html`<figure><figcaption>${title}</figcaption>${raw(svg)}</figure>`,
  );
  const curves = publishedCurves.filter(({ miou }) => miou[name] !== undefined);
  const grey = html`<p><small>Grey in the first figure: ${curves.map((one) => one.name).join(", ")} (${curves[0]?.source}), on the whole set and by their own protocols.</small></p>`;
  return html`<h2>${name}</h2>
${numbers(name, runs)}
${agreements(runs)}
${curves.length === 0 ? "" : grey}
${figures}
${gallery}`;
}

function numbers(name: string, runs: readonly Run[]): Markup {
  const rows = runs.map(
    ({ name: run, set }) =>
      html`<tr><td>${run}</td><td>${set.objects}</td>${TARGETS.map(
        (target) => html`<td>${set.noc[target].toFixed(2)}</td>`,
      )}<td>${set.nof["90"]}</td><td>${percent(set.miou[0])}</td><td>${percent(set.miou.at(-1))}</td><td>${percent(set.boundaryIou.at(-1))}</td><td>${set.skipped.length}</td></tr>`,
  );
  const published = publishedClicks.flatMap(({ name: other, training, source, noc90 }) => {
    const value = noc90[name];
    if (value === undefined) return [];
    return [
      html`<tr><td title="${source}"><small>${other}, trained on ${training}</small></td><td></td><td></td><td></td><td>${value.toFixed(2)}</td></tr>`,
    ];
  });
  return html`<table>
<tr><th></th><th>objects</th>${TARGETS.map((target) => html`<th>NoC@${target}</th>`)}<th>NoF@90</th><th>IoU@1</th><th>IoU, last</th><th>boundary, last</th><th>skipped</th></tr>
${rows}
${published}
</table>`;
}

/** How alike the last masks of the first run are to those of each other. */
function agreements([first, ...others]: readonly Run[]): readonly Markup[] {
  return others.flatMap(({ name, set }) => {
    const masks = agreement(first.set.samples, set.samples);
    if (masks === undefined) return [];
    return [html`<p>Beside ${name}: ${agreementLine(masks)}.</p>`];
  });
}

async function galleries(run: Run | undefined, dataSet: DataSet | undefined): Promise<Markup> {
  if (run === undefined || dataSet === undefined) return html``;
  const { best, worst } = extremes(run.set.samples);
  const drawings = await drawingsOf([...best, ...worst], dataSet);
  const shown = (samples: readonly Sample[]) =>
    samples.flatMap((one) => drawings.get(one.id) ?? []);
  return html`<h3>Worst</h3><div class="gallery">${shown(worst)}</div>
<h3>Best</h3><div class="gallery">${shown(best)}</div>`;
}

async function drawingsOf(
  samples: readonly Sample[],
  dataSet: DataSet,
): Promise<ReadonlyMap<string, Markup>> {
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  const drawings = new Map<string, Markup>();
  for await (const { id, load } of dataSet.items()) {
    const sample = byId.get(id);
    if (sample === undefined) continue;
    const { picture } = await load();
    const svg = await drawnSample(sample, picture);
    const last = sample.overlaps.at(-1);
    const caption = `${id}: ${percent(last && iouOf(last))} after ${sample.clicks.length} clicks`;
    drawings.set(id, html`<figure>${raw(svg)}<figcaption>${caption}</figcaption></figure>`);
    if (drawings.size === byId.size) break;
  }
  return drawings;
}

function percent(part: number | null | undefined): string {
  return typeof part === "number" ? `${(100 * part).toFixed(1)} %` : "–";
}
