/** What came out of an evaluation, to read and to save. */

import { html, nothing, type TemplateResult } from "lit";
import { type Report, TARGETS } from "maskwise";
import { texts } from "../texts.ts";

/** Clicks whose mean IoU is told. */
const TOLD: readonly number[] = [1, 5, 20];

export function results(report: Report): TemplateResult {
  return html`${Object.entries(report.sets).map(([name, set]) => {
    const { noc, miou, latencyMs, skipped, hash } = set;
    const { encode, firstClick, click } = latencyMs;
    return html`<h2>${name}</h2>
      <dl>
        ${TARGETS.map((target) => line(`NoC@${target}`, noc[target].toFixed(2), target))}
        ${TOLD.filter((k) => k <= miou.length).map((k) => line(`mIoU@${k}`, percent(miou[k - 1])))}
        ${line("hash", hash, "hash")}
      </dl>
      <p>${texts.evaluation.latency(time(encode), time(firstClick), time(click))}</p>
      ${skipped.length > 0 ? html`<p>${texts.evaluation.skipped(skipped.length)}</p>` : nothing}`;
  })}
    <p class="faint">${texts.evaluation.decoder}</p>
    <button data-action="save-report" @click=${() => save(report)}>${texts.evaluation.save}</button>`;
}

function line(name: string, value: string, key = name): TemplateResult {
  return html`<div><dt>${name}</dt><dd data-result=${key}>${value}</dd></div>`;
}

function percent(part: number | null | undefined): string {
  return typeof part === "number" ? `${(100 * part).toFixed(1)} %` : "–";
}

function time(spread: { readonly median: number; readonly p95: number } | null): string {
  return spread ? `${spread.median.toFixed(0)} ms (95 %: ${spread.p95.toFixed(0)} ms)` : "–";
}

function save(report: Report): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(report)}\n`]));
  link.download = "evaluation.json";
  link.click();
  // The browser reads the address after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
