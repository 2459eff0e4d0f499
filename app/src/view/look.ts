/** How the mask is drawn, and the brush. */

import { html, nothing, type TemplateResult } from "lit";
import { commands, MAX_BRUSH, MIN_BRUSH, setBrush, type Workplace } from "../commands.ts";
import { uncertaintyGradient } from "../stage/uncertaintyColours.ts";
import { texts } from "../texts.ts";

export function lookPanel(workplace: Workplace): TemplateResult {
  const { studio } = workplace;
  const { look, tool, brush } = studio.state;
  return html`<section class="look" aria-label=${texts.look.title}>
    <h2>${texts.look.title}</h2>
    <label class="slider">
      <span>${texts.look.opacity}</span>
      <input
        type="range"
        data-look="opacity"
        min="0"
        max="100"
        .value=${String(Math.round(look.opacity * 100))}
        @input=${(event: InputEvent) =>
          studio.change({ look: { ...look, opacity: slidTo(event) / 100 } })}
      />
      <output>${Math.round(look.opacity * 100)} %</output>
    </label>
    ${toggle(workplace, "outline", look.outline)}
    ${toggle(workplace, "uncertainty", look.uncertainty)}
    ${look.uncertainty ? legend() : nothing}
    ${
      tool === "stroke"
        ? html`<label class="slider">
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
          </label>`
        : nothing
    }
  </section>`;
}

function slidTo(event: Event): number {
  return Number((event.target as HTMLInputElement).value);
}

function toggle(
  workplace: Workplace,
  name: "outline" | "uncertainty",
  isOn: boolean,
): TemplateResult {
  return html`<label class="toggle">
    <span>${texts.commands[name]}</span> <kbd>${commands[name].keys[0]}</kbd>
    <input
      type="checkbox"
      role="switch"
      data-look=${name}
      .checked=${isOn}
      @change=${() => commands[name].run(workplace)}
    />
  </label>`;
}

function legend(): TemplateResult {
  return html`<div class="legend" role="img" aria-label=${texts.look.legend}>
    <div class="bar"><span style=${`background:${uncertaintyGradient}`}></span></div>
    <div class="ends faint">
      <span>${texts.look.sure}</span><span>${texts.look.undecided}</span>
    </div>
  </div>`;
}
