/** The labels of the photo: choose, name, add, remove. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { BACKGROUND, state as inForce, type Label } from "maskwise";
import { canRemoveObject } from "../commands.ts";
import { addObject, removeObject, renameObject, selectLabel } from "../desk/edits.ts";
import { toggleLock } from "../desk/locks.ts";
import type { Studio } from "../desk/studio.ts";
import { BACKGROUND_COLOUR } from "../state/colours.ts";
import type { Photo } from "../state/photo.ts";
import { selectedLabel, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { ofObject } from "./attributes.ts";
import { icon } from "./icons.ts";

export function objects(studio: Studio): TemplateResult {
  const photo = selectedPhoto(studio.state);
  return html`<section class="objects" aria-label=${texts.objects.title}>
    <h2>${texts.objects.title}</h2>
    ${photo?.session ? html`${list(studio, photo)}${ofObject(studio, photo)}` : nothing}
    <button
      class="plain"
      data-action="add-object"
      title=${`${texts.commands.nextObject} (F)`}
      ?disabled=${photo?.session === undefined}
      @click=${() => addObject(studio)}
    >
      ${icon("plus")}${texts.objects.add}
    </button>
  </section>`;
}

function list(studio: Studio, photo: Photo): TemplateResult | typeof nothing {
  if (!photo.session) return nothing;
  const { labels, prompts, locks } = inForce(photo.session);
  const counts = new Map<Label, number>();
  for (const { says } of prompts.values()) counts.set(says, (counts.get(says) ?? 0) + 1);
  const selected = selectedLabel(photo);
  const canRemove = canRemoveObject(photo.session);
  // The objects first, as they are what it is about; the background is always the last.
  const shown = [...labels.slice(1), ...labels.slice(0, 1)];
  return html`<ul aria-label=${texts.objects.list}>
    ${repeat(
      shown,
      (label) => label,
      (label) =>
        row(studio, {
          label,
          key: keyOf(studio, label, labels.indexOf(label)),
          count: counts.get(label) ?? 0,
          isSelected: label === selected,
          canRemove: canRemove && label !== BACKGROUND,
          isLocked: locks.has(label),
        }),
    )}
  </ul>`;
}

/** The key of its label, or its number. */
function keyOf(studio: Studio, object: Label, number: number): string {
  const { labels } = studio.state.project;
  const key = labels.find(({ name }) => name === object)?.key;
  if (key !== undefined) return key;
  const isTaken = labels.some((label) => label.key === `${number}`);
  return number <= 9 && !isTaken ? `${number}` : "";
}

interface Row {
  readonly label: Label;
  /** The key that selects it. */
  readonly key: string;
  readonly count: number;
  readonly isSelected: boolean;
  readonly canRemove: boolean;
  readonly isLocked: boolean;
}

function row(studio: Studio, about: Row): TemplateResult {
  const { label, key, count, isSelected, canRemove, isLocked } = about;
  const isBackground = label === BACKGROUND;
  const colour = isBackground
    ? BACKGROUND_COLOUR
    : (studio.state.colours.get(label) ?? BACKGROUND_COLOUR);
  return html`<li class="row" data-label=${label} ?data-selected=${isSelected} ?data-locked=${isLocked}>
    ${
      studio.state.renaming === label
        ? nameField(studio, label, colour)
        : html`<button
            class="name"
            aria-pressed=${String(isSelected)}
            title=${count > 0 ? texts.objects.clicks(count) : nothing}
            @click=${() => selectLabel(studio, label)}
            @dblclick=${() => !isBackground && startRenaming(studio, label)}
          >
            <span class="swatch" style=${`background:${colour}`}></span>
            <span class="ellipsis">${isBackground ? texts.objects.background : label}</span>
            ${count > 0 ? html`<span class="count">${count}</span>` : nothing}
          </button>`
    }
    ${isBackground ? nothing : rowButtons(studio, label, canRemove, isLocked)}
    ${key !== "" ? html`<kbd>${key}</kbd>` : nothing}
  </li>`;
}

function rowButtons(
  studio: Studio,
  label: Label,
  canRemove: boolean,
  isLocked: boolean,
): TemplateResult {
  const lockText = isLocked ? texts.objects.unlock(label) : texts.objects.lock(label);
  return html`<button
      class="small"
      data-action="lock"
      aria-label=${lockText}
      aria-pressed=${String(isLocked)}
      title=${lockText}
      @click=${() => void studio.track(toggleLock(studio, label))}
    >
      ${icon(isLocked ? "locked" : "unlocked")}
    </button>
    <button
      class="small"
      data-action="rename"
      aria-label=${texts.objects.rename(label)}
      title=${texts.objects.rename(label)}
      @click=${() => startRenaming(studio, label)}
    >
      ${icon("pencil")}
    </button>
    ${
      canRemove
        ? html`<button
            class="small"
            data-action="remove"
            aria-label=${texts.objects.remove(label)}
            title=${texts.objects.remove(label)}
            @click=${() => removeObject(studio, label)}
          >
            ${icon("trash")}
          </button>`
        : nothing
    }`;
}

function startRenaming(studio: Studio, label: Label): void {
  studio.change({ renaming: label });
}

/** Enter and leaving the field take the name, Escape leaves it as it was. */
function nameField(studio: Studio, label: Label, colour: string): TemplateResult {
  const finish = (event: Event, isKept: boolean): void => {
    if (studio.state.renaming !== label) return;
    studio.change({ renaming: undefined });
    if (isKept) renameObject(studio, label, (event.target as HTMLInputElement).value);
  };
  return html`<span class="name">
    <span class="swatch" style=${`background:${colour}`}></span>
    <input
      aria-label=${texts.objects.name(label)}
      maxlength="60"
      .value=${label}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Enter" || event.key === "Escape") finish(event, event.key === "Enter");
      }}
      @blur=${(event: FocusEvent) => finish(event, true)}
    />
  </span>`;
}
