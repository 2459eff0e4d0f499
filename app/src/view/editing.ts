/** Changing the selected object by hand: what the tool in hand can be set to, and edits of all of it. */

import { html, nothing, type TemplateResult } from "lit";
import { BACKGROUND, state as inForce } from "maskwise";
import { type CommandName, commands, isPossible, type Workplace } from "../commands.ts";
import { labelInHand } from "../desk/photos.ts";
import { hasPixels, mergeObject, partCount, polygonInHand, usePolygon } from "../desk/retouch.ts";
import type { Studio } from "../desk/studio.ts";
import { type Retouching, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { vertexCount } from "../tools/polygon/rings.ts";
import { brushSlider, slidTo } from "./look.ts";

const { editing } = texts;

export function editingPanel(workplace: Workplace): TemplateResult | typeof nothing {
  const { studio } = workplace;
  const { tool } = studio.state;
  if (!selectedPhoto(studio.state)?.session) return nothing;
  return html`<section class="editing" aria-label=${editing.title}>
    <h2>${editing.title}</h2>
    ${tool === "paint" || tool === "erase" ? html`${brushSlider(studio)} ${hardness(studio)}` : nothing}
    ${tool === "polygon" ? polygon(studio) : nothing}
    ${labelInHand(studio) === BACKGROUND ? html`<p class="faint">${editing.chooseObject}</p>` : whole(workplace)}
  </section>`;
}

function hardness(studio: Studio): TemplateResult {
  const { retouching } = studio.state;
  const percent = Math.round(retouching.hardness * 100);
  return slider(studio, {
    name: "hardness",
    title: editing.hardness,
    help: editing.hardnessHelp,
    max: 100,
    at: percent,
    says: `${percent} %`,
    set: (slid) => ({ hardness: slid / 100 }),
  });
}

/** The slider of the tolerance counts in quarters of a pixel. */
const QUARTERS = 4;
const MAX_TOLERANCE = 20;

function polygon(studio: Studio): TemplateResult {
  const { tolerance } = studio.state.retouching;
  const count = vertexCount(polygonInHand(studio));
  return html`${slider(studio, {
    name: "tolerance",
    title: editing.tolerance,
    max: MAX_TOLERANCE * QUARTERS,
    at: tolerance * QUARTERS,
    says: editing.pixels(tolerance),
    set: (slid) => ({ tolerance: slid / QUARTERS, isSimplifying: true }),
  })}
    <div class="slider">
      <span class="faint" data-vertices aria-live="polite">${editing.vertices(count)}</span>
      <button class="whole" data-action="use-polygon" ?disabled=${count === 0} @click=${() => usePolygon(studio)}>
        ${editing.usePolygon}
      </button>
    </div>`;
}

/** How far smoothing, growing and shrinking reach at most, in picture pixels. */
const MAX_STEP = 30;

const WHOLE: readonly CommandName[] = ["fillHoles", "dropIslands", "smooth", "grow", "shrink"];

function whole(workplace: Workplace): TemplateResult {
  const { studio } = workplace;
  const { reach } = studio.state.retouching;
  return html`<div class="wholes">
      ${WHOLE.map((name) => button(workplace, name, texts.commands[name]))}
      ${button(workplace, "splitObject", editing.split(partCount(studio.state) ?? 0))}
    </div>
    ${slider(studio, {
      name: "reach",
      title: editing.reach,
      help: `${texts.commands.smooth}, ${texts.commands.grow}, ${texts.commands.shrink}`,
      min: 1,
      max: MAX_STEP,
      at: reach,
      says: editing.pixels(reach),
      set: (slid) => ({ reach: slid }),
    })}
    ${mergeChoice(studio)}`;
}

function button(workplace: Workplace, name: CommandName, title: string): TemplateResult {
  const [key] = commands[name].keys;
  return html`<button
    class="whole"
    data-command=${name}
    title=${key ? `${texts.commands[name]} (${key})` : texts.commands[name]}
    ?disabled=${!isPossible(name, workplace.studio.state)}
    @click=${() => commands[name].run(workplace)}
  >
    ${title}
  </button>`;
}

function mergeChoice(studio: Studio): TemplateResult | typeof nothing {
  const session = selectedPhoto(studio.state)?.session;
  const label = labelInHand(studio);
  const others = session
    ? inForce(session)
        .labels.slice(1)
        .filter((one) => one !== label)
    : [];
  if (others.length === 0) return nothing;
  return html`<label class="slider">
    <span>${editing.merge}</span>
    <select
      data-action="merge"
      ?disabled=${!hasPixels(studio.state)}
      @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        const into = select.value;
        select.value = "";
        if (into !== "") mergeObject(studio, into);
      }}
    >
      <option value="">${editing.mergeChoice}</option>
      ${others.map((other) => html`<option value=${other}>${other}</option>`)}
    </select>
  </label>`;
}

interface Slider {
  readonly name: string;
  readonly title: string;
  readonly help?: string;
  /** @default 0 */
  readonly min?: number;
  readonly max: number;
  readonly at: number;
  /** What is shown of the value. */
  readonly says: string;
  set(slid: number): Partial<Retouching>;
}

function slider(
  studio: Studio,
  { name, title, help, min = 0, max, at, says, set }: Slider,
): TemplateResult {
  return html`<label class="slider" title=${help ?? nothing}>
    <span>${title}</span>
    <input
      type="range"
      data-editing=${name}
      min=${min}
      max=${max}
      .value=${String(at)}
      @input=${(event: InputEvent) =>
        studio.change({ retouching: { ...studio.state.retouching, ...set(slidTo(event)) } })}
    />
    <output>${says}</output>
  </label>`;
}
