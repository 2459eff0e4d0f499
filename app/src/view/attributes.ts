/** What can be said about the object in hand beyond its label. */

import { html, nothing, type TemplateResult } from "lit";
import { type Attribute, labelOf, type ProjectLabel } from "maskwise";
import { addObjectOf, setAttribute } from "../desk/labels.ts";
import type { Studio } from "../desk/studio.ts";
import type { Photo } from "../state/photo.ts";
import { selectedLabel } from "../state/state.ts";
import { texts } from "../texts.ts";
import { icon } from "./icons.ts";

const words = texts.projects;

export function ofObject(studio: Studio, photo: Photo): TemplateResult | typeof nothing {
  const object = selectedLabel(photo);
  const label = labelOf(object, studio.state.project.labels);
  if (!label) return nothing;
  const values = photo.attributes?.[object] ?? {};
  return html`${another(studio, label)}
    ${
      label.attributes.length === 0
        ? nothing
        : html`<div class="object-attributes" role="group" aria-label=${words.attributesOf(object)}>
            ${label.attributes.map((attribute) =>
              field(attribute, values[attribute.name], (value) =>
                setAttribute(studio, attribute.name, value),
              ),
            )}
          </div>`
    }`;
}

function another(studio: Studio, label: ProjectLabel): TemplateResult {
  return html`<button
    class="plain"
    data-action="add-another"
    @click=${() => addObjectOf(studio, label)}
  >
    ${icon("plus")}${words.another(label.name)}
  </button>`;
}

function field(
  attribute: Attribute,
  value: string | boolean | undefined,
  set: (value: string | boolean) => void,
): TemplateResult {
  const { name } = attribute;
  switch (attribute.kind) {
    case "check":
      return html`<label class="toggle"
        ><span>${name}</span>
        <input
          type="checkbox"
          role="switch"
          data-attribute=${name}
          .checked=${value === true}
          @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      /></label>`;
    case "text":
      return html`<label class="said"
        ><span>${name}</span>
        <input
          maxlength="500"
          data-attribute=${name}
          .value=${typeof value === "string" ? value : ""}
          @change=${(event: Event) => set((event.target as HTMLInputElement).value.trim())}
      /></label>`;
    case "choice":
      return html`<label class="said"
        ><span>${name}</span>
        <select
          data-attribute=${name}
          @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}
        >
          <option value="" ?selected=${value === undefined}>${words.unsaid}</option>
          ${attribute.values.map(
            (one) => html`<option value=${one} ?selected=${one === value}>${one}</option>`,
          )}
        </select></label
      >`;
    default:
      return attribute satisfies never;
  }
}
