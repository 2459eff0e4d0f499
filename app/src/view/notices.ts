/** What a person should know, one below the other, until it is dismissed. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Studio } from "../desk/studio.ts";
import type { Notice } from "../state/state.ts";
import { texts } from "../texts.ts";
import { icon } from "./icons.ts";
import { notKept } from "./keeping.ts";

export function notices(studio: Studio): TemplateResult {
  return html`<div class="notices" aria-live="polite">
    ${notKept(studio)}
    ${repeat(
      studio.state.notices,
      ({ id }) => id,
      (notice) => one(studio, notice),
    )}
  </div>`;
}

function one(studio: Studio, { id, kind, text, action }: Notice): TemplateResult {
  return html`<div class="notice" data-kind=${kind} role=${kind === "error" ? "alert" : "status"}>
    <span>${text}</span>
    ${
      action
        ? html`<button
            class="link"
            @click=${() => {
              studio.dismiss(id);
              action.run();
            }}
          >
            ${action.name}
          </button>`
        : nothing
    }
    <button class="small" aria-label=${texts.dismiss} @click=${() => studio.dismiss(id)}>
      ${icon("close")}
    </button>
  </div>`;
}
