/** What can be asked of a mixture: how far clicks reach, what changed, why; and the answers in words. */

import { html, nothing, type TemplateResult } from "lit";
import { BACKGROUND, state as inForce, type Reason, STRENGTHS } from "maskwise";
import { commands, keysFor, type Workplace } from "../commands.ts";
import { setStrengthTo, undoEdit } from "../desk/edits.ts";
import { acceptChanges, setUnsureFrom } from "../desk/insight.ts";
import type { Studio } from "../desk/studio.ts";
import { selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { toggle } from "./toggle.ts";

export function insightPanel(workplace: Workplace): TemplateResult {
  const { studio } = workplace;
  const { insight } = studio.state;
  const session = selectedPhoto(studio.state)?.session;
  const strength = session ? inForce(session).strength : 1;
  const least = Math.log2(STRENGTHS.least);
  const most = Math.log2(STRENGTHS.most);
  return html`<section class="look insight" aria-label=${texts.insight.title}>
    <h2>${texts.insight.title}</h2>
    <label class="slider" title=${texts.insight.strengthHelp}>
      <span>${texts.insight.strength}</span>
      <input
        type="range"
        data-insight="strength"
        min=${least}
        max=${most}
        step="0.5"
        ?disabled=${session === undefined}
        .value=${String(Math.log2(strength))}
        @input=${(event: InputEvent) =>
          setStrengthTo(studio, 2 ** Number((event.target as HTMLInputElement).value))}
      />
      <output>× ${Number(strength.toPrecision(2))}</output>
    </label>
    ${toggle(workplace, "unsure", insight.unsure)}
    ${insight.unsure ? unsureFrom(studio) : nothing}
    ${toggle(workplace, "changes", insight.changes)} ${toggle(workplace, "why", insight.why)}
    ${insight.why ? reasons(insight.reasons) : nothing}
    <button
      class="plain"
      data-command="suggest"
      ?disabled=${!commands.suggest.isPossible?.(studio.state)}
      @click=${() => commands.suggest.run(workplace)}
    >
      ${texts.commands.suggest} <kbd>${keysFor("suggest", studio.state)[0] ?? ""}</kbd>
    </button>
  </section>`;
}

/** Which pixels are unsure, in per cent of undecided. */
function unsureFrom(studio: Studio): TemplateResult {
  const percent = Math.round(100 * studio.state.insight.unsureFrom);
  return html`<label class="slider" title=${texts.insight.unsureHelp}>
    <span>${texts.insight.unsureFrom}</span>
    <input
      type="range"
      data-insight="unsure-from"
      min="5"
      max="100"
      step="5"
      .value=${String(percent)}
      @input=${(event: InputEvent) =>
        setUnsureFrom(studio, Number((event.target as HTMLInputElement).value) / 100)}
    />
    <output>${percent} %</output>
  </label>`;
}

/** So many reasons are named; the rest is one. */
const NAMED = 4;

function reasons(all: readonly Reason[]): TemplateResult {
  if (all.length === 0) return html`<p class="faint">${texts.insight.point}</p>`;
  const named = all.slice(0, NAMED);
  const rest = all.slice(NAMED).reduce((sum, { share }) => sum + share, 0);
  return html`<ol class="reasons" data-reasons aria-label=${texts.commands.why}>
    ${named.map((reason) => line(nameOf(reason), reason.share))}
    ${rest > 0 ? line(texts.insight.rest, rest) : nothing}
  </ol>`;
}

function line(name: string, share: number): TemplateResult {
  const percent = Math.round(100 * share);
  return html`<li>
    <span class="ellipsis">${name}</span>
    <meter min="0" max="1" .value=${share} aria-label=${name}></meter>
    <output>${percent} %</output>
  </li>`;
}

function nameOf({ source }: Reason): string {
  switch (source.kind) {
    case "prompt": {
      const { kind, says } = source.prompt;
      return texts.insight.said(kind, says === BACKGROUND ? texts.objects.background : says);
    }
    case "model":
      return texts.insight.model;
    case "looks":
      return texts.insight.looks(
        source.label === BACKGROUND ? texts.objects.background : source.label,
      );
    case "start":
      return texts.insight.start;
    default:
      return source satisfies never;
  }
}

/** What the last step changed, to be kept or undone. */
export function changesPill({ studio }: Workplace): TemplateResult | typeof nothing {
  const { changed, changes } = studio.state.insight;
  if (!changes || !changed) return nothing;
  const { gained, lost, switched } = changed;
  return html`<div class="work changes" role="status">
    <div class="pill" data-changes>
      <span>${texts.insight.changed(gained, lost, switched)}</span>
      <button data-action="keep" @click=${() => acceptChanges(studio)}>${texts.insight.keep}</button>
      <button data-action="undo" @click=${() => undoEdit(studio)}>${texts.commands.undo}</button>
    </div>
  </div>`;
}
