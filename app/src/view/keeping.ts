/** Whether what was said is kept, and who may change it. */

import { html, nothing, type TemplateResult } from "lit";
import { takeOver, telling } from "../desk/projects.ts";
import type { Studio } from "../desk/studio.ts";
import { texts } from "../texts.ts";
import { icon } from "./icons.ts";

const words = texts.projects;

/** A small sign beside the project's name. */
export function keeping({ state, server }: Studio): TemplateResult | typeof nothing {
  switch (state.keeping.kind) {
    case "nothing":
      return nothing;
    case "kept": {
      const text = server ? words.keptInFolder : words.kept;
      return html`<span class="keeping" data-keeping="kept" role="img" aria-label=${text} title=${text}
        >${icon("check")}</span
      >`;
    }
    case "writing":
      return html`<span class="keeping" data-keeping="writing">${words.writing}</span>`;
    case "failed":
      return html`<span class="keeping" data-keeping="failed">${words.notKeptShort}</span>`;
    default:
      return state.keeping satisfies never;
  }
}

/** Over the photo while another page may change the project. */
export function readingOnly(studio: Studio): TemplateResult | typeof nothing {
  if (studio.state.access === "owner") return nothing;
  return html`<div class="reading" role="status">
    <span>${studio.server ? words.readingFolder : words.reading}</span>
    <button class="primary" data-action="take-over" @click=${() => telling(studio, takeOver(studio))}>
      ${words.takeOver}
    </button>
  </div>`;
}

/** Stays until everything is kept. */
export function notKept(studio: Studio): TemplateResult | typeof nothing {
  const { keeping } = studio.state;
  if (keeping.kind !== "failed") return nothing;
  return html`<div class="notice" data-kind="error" data-keeping="failed" role="alert">
    <span>${keeping.isFull ? words.full : words.failed(keeping.reason)}</span>
    <button class="link" data-action="keep-again" @click=${() => studio.keeper?.again()}>
      ${words.again}
    </button>
  </div>`;
}
