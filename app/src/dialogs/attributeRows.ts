/** The attributes of a label, to be edited. */

import { html, nothing, type TemplateResult } from "lit";
import type { Attribute, ProjectLabel } from "maskwise";
import { texts } from "../texts.ts";
import { icon } from "../view/icons.ts";

const words = texts.projects;

const kinds = ["choice", "check", "text"] as const satisfies readonly Attribute["kind"][];

export function attributeRows(
  label: ProjectLabel,
  change: (next: ProjectLabel) => void,
): TemplateResult {
  const put = (at: number, next: Attribute | undefined): void =>
    change({ ...label, attributes: label.attributes.toSpliced(at, 1, ...(next ? [next] : [])) });
  return html`<div class="attributes">
    ${label.attributes.map((attribute, at) => row(attribute, (next) => put(at, next)))}
    <button
      class="plain"
      data-action="add-attribute"
      @click=${() => {
        const names = label.attributes.map(({ name }) => name);
        let number = 1;
        while (names.includes(words.attribute(number))) number++;
        put(label.attributes.length, { kind: "check", name: words.attribute(number) });
      }}
    >
      ${icon("plus")}${words.addAttribute}
    </button>
  </div>`;
}

function row(attribute: Attribute, put: (next: Attribute | undefined) => void): TemplateResult {
  const { kind, name } = attribute;
  return html`<div class="line" data-attribute=${name}>
    <input
      class="wide"
      maxlength="60"
      aria-label=${words.attributeName}
      .value=${name}
      @change=${(event: Event) => {
        const text = textOf(event).trim();
        if (text !== "") put({ ...attribute, name: text });
      }}
    />
    <select
      aria-label=${words.attributeKind(name)}
      @change=${(event: Event) => put(ofKind(textOf(event) as Attribute["kind"], name))}
    >
      ${kinds.map(
        (one) => html`<option value=${one} ?selected=${one === kind}>${words.kinds[one]}</option>`,
      )}
    </select>
    ${
      kind === "choice"
        ? html`<input
            class="wide"
            aria-label=${words.valuesOf(name)}
            title=${words.valuesOf(name)}
            .value=${attribute.values.join(", ")}
            @change=${(event: Event) => {
              const values = [
                ...new Set(
                  textOf(event)
                    .split(",")
                    .map((value) => value.trim()),
                ),
              ];
              put({ kind, name, values: orOne(values.filter((value) => value !== "")) });
            }}
          />`
        : nothing
    }
    <button
      class="small"
      aria-label=${words.removeAttribute(name)}
      title=${words.removeAttribute(name)}
      @click=${() => put(undefined)}
    >
      ${icon("trash")}
    </button>
  </div>`;
}

function ofKind(kind: Attribute["kind"], name: string): Attribute {
  return kind === "choice" ? { kind, name, values: orOne([]) } : { kind, name };
}

/** A choice has one value at least. */
function orOne(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : words.firstValues;
}

function textOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
