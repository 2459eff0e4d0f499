/** The open photos: choose one, open more, close. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Workplace } from "../commands.ts";
import { closePhoto, showPhoto } from "../desk/photos.ts";
import type { Studio } from "../desk/studio.ts";
import { saysSomething } from "../state/saysSomething.ts";
import type { Photo } from "../state/state.ts";
import { texts } from "../texts.ts";
import { icon } from "./icons.ts";

export function photos({ studio, chooseFiles }: Workplace): TemplateResult {
  return html`<section class="photos" aria-label=${texts.photos.title}>
    <h2>${texts.photos.title}</h2>
    <ul aria-label=${texts.photos.list}>
      ${repeat(
        studio.state.photos,
        ({ id }) => id,
        (photo) => entry(studio, photo),
      )}
    </ul>
    <button class="plain" data-action="open" title="Ctrl+O" @click=${chooseFiles}>
      ${icon("open")}<span>${texts.commands.open}</span>
    </button>
    <p class="faint">${texts.photos.more}</p>
  </section>`;
}

function entry(studio: Studio, photo: Photo): TemplateResult {
  const { id, name, thumbnail, problem } = photo;
  const isSelected = id === studio.state.selected;
  return html`<li class="row" data-photo=${name} ?data-selected=${isSelected}>
    <button
      class="name"
      aria-pressed=${String(isSelected)}
      title=${problem ?? name}
      @click=${() => showPhoto(studio, id)}
    >
      ${
        thumbnail
          ? html`<img src=${thumbnail} alt="" loading="lazy" decoding="async" />`
          : html`<span class="no-thumbnail">${icon("open")}</span>`
      }
      <span class="ellipsis">${name}</span>
      ${progress(photo)}
    </button>
    <button
      class="small"
      data-action="close"
      aria-label=${texts.photos.close(name)}
      title=${texts.photos.close(name)}
      @click=${() => closePhoto(studio, id)}
    >
      ${icon("close")}
    </button>
  </li>`;
}

/** A tick once the mask was exported as it is, a dot while there is something to export. */
function progress({ session, exported, problem }: Photo): TemplateResult | typeof nothing {
  if (problem) return html`<span class="problem" role="img" aria-label=${problem}>!</span>`;
  if (!session || !saysSomething(session)) return nothing;
  return session === exported
    ? html`<span class="exported" role="img" aria-label=${texts.photos.isExported}
        >${icon("check")}</span
      >`
    : html`<span class="dot" role="img" aria-label=${texts.photos.hasMask}></span>`;
}
