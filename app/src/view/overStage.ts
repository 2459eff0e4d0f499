/** What floats over the photo: what is going on, what to do next, and the zoom. */

import { html, nothing, type TemplateResult } from "lit";
import { BACKGROUND, state as inForce, isNetwork } from "maskwise";
import type { Workplace } from "../commands.ts";
import { labelInHand } from "../desk/photos.ts";
import { chooseModel } from "../engine/chosenModel.ts";
import { type State, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { commandButton } from "./button.ts";
import { icon } from "./icons.ts";

export function work({ studio }: Workplace): TemplateResult {
  const { work } = studio.state;
  return html`<div class="work" role="status">
    ${work.kind === "idle" ? nothing : workBody(studio.state, studio)}
  </div>`;
}

function workBody(state: State, studio: Workplace["studio"]): TemplateResult | typeof nothing {
  const { work } = state;
  switch (work.kind) {
    case "idle":
      return nothing;
    case "reading":
      return html`<div class="pill slow"><span>${texts.work.reading}</span>${bar(texts.work.reading)}</div>`;
    case "opening":
      return html`<div class="pill">
        <span>${openingText(state)}</span>${bar(openingText(state), work.share)}
        <button data-action="cancel" @click=${() => studio.cancel()}>${texts.work.cancel}</button>
      </div>`;
    case "solving":
      return html`<div class="pill slow"><span>${texts.work.solving}</span>${bar(texts.work.solving)}</div>`;
    case "cancelled":
      return html`<div class="pill">
        <span>${texts.work.cancelled}</span>
        <button data-action="resume" @click=${() => studio.ask()}>${texts.work.resume}</button>
      </div>`;
    case "failed":
      return html`<div class="pill bad" role="alert">
        <span>${texts.work.failed(work.reason)}</span>
        <button data-action="again" @click=${() => studio.ask()}>${texts.work.again}</button>
        ${isNetwork(studio.model) ? withoutNetwork(studio) : nothing}
      </div>`;
    default:
      return work satisfies never;
  }
}

/** Weights that are missing or damaged need not stop anybody. */
function withoutNetwork(studio: Workplace["studio"]): TemplateResult {
  const change = (): void => {
    chooseModel("colour");
    studio.ask();
  };
  return html`<button data-action="colour" @click=${change}>${texts.work.withoutNetwork}</button>`;
}

function openingText(state: State): string {
  const session = selectedPhoto(state)?.session;
  const waiting = session ? inForce(session).prompts.size : 0;
  return waiting > 0 ? texts.work.openingWaits(waiting) : texts.work.opening;
}

function bar(name: string, share?: number): TemplateResult {
  return html`<progress max="1" aria-label=${name} .value=${share ?? nothing} ?data-endless=${share === undefined}></progress>`;
}

export function hint(workplace: Workplace): TemplateResult | typeof nothing {
  const text = hintFor(workplace);
  return text === undefined ? nothing : html`<p class="hint" data-hint>${text}</p>`;
}

/** So many clicks, and a person knows how it goes. */
const KNOWS_HOW = 4;

function hintFor({ studio }: Workplace): string | undefined {
  const { state } = studio;
  const photo = selectedPhoto(state);
  if (!photo?.session || state.current?.id !== photo.id) return undefined;
  if (state.tool !== "click") return texts.hint[state.tool];
  const { prompts } = inForce(photo.session);
  if (prompts.size >= KNOWS_HOW) return undefined;
  if (prompts.size >= 2) return texts.hint.markers;
  if (prompts.size === 1) return texts.hint.second;
  if (photo.source.kind === "sample") return texts.hint.sample;
  const label = labelInHand(studio);
  return label === BACKGROUND ? texts.hint.firstBackground : texts.hint.first(label);
}

/** The page without any photo. */
export function emptyPage({ chooseFiles }: Workplace): TemplateResult {
  return html`<div class="nothing">
    ${icon("open")}
    <p>${texts.stage.empty}</p>
    <button class="primary" @click=${chooseFiles}>
      ${icon("open")}<span>${texts.commands.open}</span>
    </button>
  </div>`;
}

/** How large the photo is drawn, in percent of device pixels, and what changes that. */
export function zoom(workplace: Workplace): TemplateResult {
  const { viewport } = workplace.stage();
  const percent = `${Math.round(viewport.frame.scale * devicePixelRatio * 100)} %`;
  return html`<div class="zoom" role="group" aria-label="Zoom">
    ${commandButton(workplace, { name: "zoomOut", icon: "zoomOut" })}
    <button
      class="percent"
      title=${`${texts.commands.actualSize} (End)`}
      aria-label=${`${percent}, ${texts.commands.actualSize}`}
      @click=${() => viewport.centre(1 / devicePixelRatio)}
    >
      ${percent}
    </button>
    ${commandButton(workplace, { name: "zoomIn", icon: "zoomIn" })}
    ${commandButton(workplace, { name: "fit", icon: "fit" })}
  </div>`;
}
