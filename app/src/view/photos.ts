/** The project's photos: find one, choose it, say how far it is, open more, close. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Status, statuses } from "maskwise";
import type { Workplace } from "../commands.ts";
import { closePhoto, showPhoto } from "../desk/photos.ts";
import { setStatus } from "../desk/status.ts";
import type { Studio } from "../desk/studio.ts";
import { countByStatus, EVERYTHING, filtered } from "../state/filter.ts";
import type { Photo } from "../state/photo.ts";
import { isBegun, isExported } from "../state/summary.ts";
import { texts } from "../texts.ts";
import { icon } from "./icons.ts";
import { keeping } from "./keeping.ts";

const words = texts.projects;

export function photos(workplace: Workplace): TemplateResult {
  const { studio, chooseFiles, chooseFolder, showProject } = workplace;
  const { state } = studio;
  const shown = filtered(state.photos, state.filter);
  return html`<section class="photos" aria-label=${texts.photos.title}>
    <h2 class="project">
      <button class="link" data-action="project" @click=${showProject}>
        <span class="ellipsis">${state.project.name || texts.photos.title}</span>
      </button>
      ${keeping(studio)}
    </h2>
    ${state.photos.length > 1 ? finding(studio) : nothing}
    <ul aria-label=${texts.photos.list}>
      ${repeat(
        shown,
        ({ id }) => id,
        (photo) => entry(studio, photo),
      )}
    </ul>
    ${
      shown.length === 0 && state.photos.length > 0
        ? html`<p class="faint">${words.nothingFound}</p>
            <button class="plain" @click=${() => studio.change({ filter: EVERYTHING })}>
              ${words.showAll}
            </button>`
        : nothing
    }
    ${studio.state.takingIn ? html`<p role="status">${words.takingIn(...studio.state.takingIn)}</p>` : nothing}
    <div class="two">
      <button class="plain" data-action="open" title="Ctrl+O" @click=${chooseFiles}>
        ${icon("open")}<span>${texts.commands.open}</span>
      </button>
      <button class="plain" data-action="open-folder" @click=${chooseFolder}>
        <span>${words.openFolder}</span>
      </button>
    </div>
    <p class="faint">${texts.photos.more}</p>
  </section>`;
}

function finding(studio: Studio): TemplateResult {
  const { photos, filter } = studio.state;
  const counts = countByStatus(photos);
  const change = (next: Partial<typeof filter>): void =>
    studio.change({ filter: { ...filter, ...next } });
  const chip = (status: Status | undefined, text: string, count: number) =>
    html`<button
      class="chip"
      data-filter=${status ?? "all"}
      aria-pressed=${String(filter.status === status)}
      @click=${() => change({ status })}
    >
      ${text} <span class="faint">${count}</span>
    </button>`;
  return html`<input
      class="search"
      type="search"
      placeholder=${words.search}
      aria-label=${words.search}
      .value=${filter.text}
      @input=${(event: Event) => change({ text: (event.target as HTMLInputElement).value })}
    />
    <div class="chips" role="group" aria-label=${words.filterLabel}>
      ${chip(undefined, words.allStatuses, photos.length)}
      ${statuses.map((status) => chip(status, words.statuses[status], counts[status]))}
    </div>`;
}

function entry(studio: Studio, photo: Photo): TemplateResult {
  const { id, name, thumbnail, problem, status } = photo;
  const isSelected = id === studio.state.selected;
  return html`<li class="row" data-photo=${name} data-status=${status} ?data-selected=${isSelected}>
    <button
      class="name"
      aria-pressed=${String(isSelected)}
      title=${problem ?? name}
      @click=${() => showPhoto(studio, id)}
    >
      ${
        thumbnail
          ? html`<img src=${thumbnail} alt="" loading="lazy" decoding="async" />`
          : html`<span class="no-thumbnail" data-wanted=${id}>${icon("open")}</span>`
      }
      <span class="ellipsis">${name}</span>
      ${progress(photo)}
    </button>
    ${isSelected ? statusChoice(studio, photo) : statusSign(status)}
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

function statusChoice(studio: Studio, { id, name, status }: Photo): TemplateResult {
  return html`<select
    class="status"
    data-status=${status}
    aria-label=${words.statusOf(name)}
    @change=${(event: Event) =>
      setStatus(studio, id, (event.target as HTMLSelectElement).value as Status)}
  >
    ${statuses.map(
      (one) =>
        html`<option value=${one} ?selected=${one === status}>${words.statuses[one]}</option>`,
    )}
  </select>`;
}

function statusSign(status: Status): TemplateResult | typeof nothing {
  return status === "to do"
    ? nothing
    : html`<span class="status" data-status=${status}>${words.statuses[status]}</span>`;
}

/** A tick once the mask was exported as it is, a dot while there is something to export. */
function progress(photo: Photo): TemplateResult | typeof nothing {
  if (photo.problem)
    return html`<span class="problem" role="img" aria-label=${photo.problem}>!</span>`;
  if (!isBegun(photo)) return nothing;
  return isExported(photo)
    ? html`<span class="exported" role="img" aria-label=${texts.photos.isExported}
        >${icon("check")}</span
      >`
    : html`<span class="dot" role="img" aria-label=${texts.photos.hasMask}></span>`;
}
