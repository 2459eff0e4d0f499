/** What computes the masks: which model, and on what. */

import { html, nothing, type TemplateResult } from "lit";
import type { Studio } from "../desk/studio.ts";
import { texts } from "../texts.ts";

export function device({ state, model }: Studio): TemplateResult | typeof nothing {
  if (state.device === undefined) return nothing;
  return html`<p class="device faint" data-device>
    ${texts.device.title(model)}, ${state.device}
  </p>`;
}
