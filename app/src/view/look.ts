/** How the photo and the mask are drawn, and the brush. */

import { html, nothing, type TemplateResult } from "lit";
import { MAX_BRUSH, MIN_BRUSH, setBrush, type Workplace } from "../commands.ts";
import type { Studio } from "../desk/studio.ts";
import { uncertaintyGradient } from "../stage/uncertaintyColours.ts";
import { channels, FIRST_LOOK, isPlain, type Look } from "../state/look.ts";
import { texts } from "../texts.ts";
import { toggle } from "./toggle.ts";

export function lookPanel(workplace: Workplace): TemplateResult {
  const { studio } = workplace;
  const { look } = studio.state;
  return html`<section class="look" aria-label=${texts.look.title}>
    <h2>${texts.look.title}</h2>
    ${share(studio, "opacity", 0)} ${toggle(workplace, "outline", look.outline)}
    ${toggle(workplace, "uncertainty", look.uncertainty)} ${look.uncertainty ? legend() : nothing}
    ${studio.state.tool === "stroke" ? brushSlider(studio) : nothing}
    <details class="more" ?open=${!isPlain(look)}>
      <summary>${texts.look.photo}</summary>
      ${share(studio, "brightness", -100)} ${share(studio, "contrast", -100)}
      <label class="slider">
        <span>${texts.look.channel}</span>
        <select
          data-look="channel"
          @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            const channel = channels.find((one) => one === value);
            if (channel) change(studio, { channel });
          }}
        >
          ${channels.map(
            (channel) =>
              html`<option value=${channel} ?selected=${channel === look.channel}>
                ${texts.look.channels[channel]}
              </option>`,
          )}
        </select>
      </label>
      ${toggle(workplace, "grid", look.grid)} ${toggle(workplace, "map", look.map)}
      <button
        class="plain"
        data-action="plain"
        ?disabled=${isPlain(look)}
        @click=${() => {
          const { brightness, contrast, channel } = FIRST_LOOK;
          change(studio, { brightness, contrast, channel });
        }}
      >
        ${texts.look.plain}
      </button>
    </details>
  </section>`;
}

function change(studio: Studio, next: Partial<Look>): void {
  studio.change({ look: { ...studio.state.look, ...next } });
}

/** A slider in per cent. */
function share(
  studio: Studio,
  name: "opacity" | "brightness" | "contrast",
  least: number,
): TemplateResult {
  const percent = Math.round(studio.state.look[name] * 100);
  return html`<label class="slider">
    <span>${texts.look[name]}</span>
    <input
      type="range"
      data-look=${name}
      min=${least}
      max="100"
      .value=${String(percent)}
      @input=${(event: InputEvent) => change(studio, { [name]: slidTo(event) / 100 })}
    />
    <output>${percent} %</output>
  </label>`;
}

/** The diameter of whatever brush is in hand. */
export function brushSlider(studio: Studio): TemplateResult {
  const { brush } = studio.state;
  return html`<label class="slider">
    <span>${texts.look.brush}</span>
    <input
      type="range"
      data-look="brush"
      min=${MIN_BRUSH}
      max=${MAX_BRUSH}
      .value=${String(brush)}
      @input=${(event: InputEvent) => setBrush(studio, slidTo(event))}
    />
    <output>${brush} px</output>
  </label>`;
}

export function slidTo(event: Event): number {
  return Number((event.target as HTMLInputElement).value);
}

function legend(): TemplateResult {
  return html`<div class="legend" role="img" aria-label=${texts.look.legend}>
    <div class="bar"><span style=${`background:${uncertaintyGradient}`}></span></div>
    <div class="ends faint">
      <span>${texts.look.sure}</span><span>${texts.look.undecided}</span>
    </div>
  </div>`;
}
