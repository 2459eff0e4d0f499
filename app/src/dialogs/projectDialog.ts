/** `<maskwise-project>`: the project's name and labels, and the other projects of this browser. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ProjectLabel } from "maskwise";
import { addLabelToProject, changeProject, renameProjectLabel } from "../desk/labels.ts";
import {
  allProjects,
  beginProject,
  openProject,
  removeProject,
  telling,
} from "../desk/projects.ts";
import type { Studio } from "../desk/studio.ts";
import type { KnownProject } from "../keeping/projects.ts";
import { isKeyTaken } from "../keys.ts";
import type { State } from "../state/state.ts";
import { texts } from "../texts.ts";
import { icon } from "../view/icons.ts";
import { theme } from "../view/theme.ts";
import { attributeRows } from "./attributeRows.ts";
import { dialogStyles } from "./dialogStyles.ts";

const words = texts.projects;

export class ProjectDialog extends LitElement {
  static override properties = {
    studio: { attribute: false },
    state: { attribute: false },
    known: { state: true },
    open: { state: true },
  };
  static override styles = [theme, dialogStyles, css`dialog { width: min(680px, 94vw); }`];

  declare studio: Studio;
  declare state: State;
  declare known: readonly KnownProject[];
  /** The label whose attributes are shown. */
  declare open: string | undefined;

  constructor() {
    super();
    this.known = [];
    this.open = undefined;
  }

  show(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
    telling(this.studio, this.#readKnown());
  }

  override render(): TemplateResult {
    const { project } = this.state;
    return html`<dialog aria-labelledby="title">
      <header>
        <h1 id="title">${words.title}</h1>
        <button class="icon-button" aria-label=${words.close} @click=${() => this.#close()}>
          ${icon("close")}
        </button>
      </header>
      <label class="field">
        <span>${words.name}</span>
        <input
          data-field="project-name"
          maxlength="60"
          .value=${project.name}
          @change=${(event: Event) => this.#rename(textOf(event))}
        />
      </label>
      <h2>${words.labels}</h2>
      ${project.labels.length === 0 ? html`<p class="faint">${words.noLabels}</p>` : nothing}
      <ul class="labels">
        ${repeat(
          project.labels,
          ({ name }) => name,
          (label) => this.#label(label),
        )}
      </ul>
      <button class="plain" data-action="add-label" @click=${() => this.#addLabel()}>
        ${icon("plus")}${words.addLabel}
      </button>
      ${this.studio?.server ? this.#folder() : this.#projects()}
    </dialog>`;
  }

  #label(label: ProjectLabel): TemplateResult {
    const { name, colour, key = "" } = label;
    const isOpen = this.open === name;
    return html`<li data-project-label=${name}>
      <div class="line">
        <input
          type="color"
          aria-label=${words.colourOf(name)}
          .value=${colour}
          @change=${(event: Event) => this.#change(label, { ...label, colour: textOf(event) })}
        />
        <input
          class="wide"
          maxlength="60"
          aria-label=${words.nameOf(name)}
          .value=${name}
          @change=${(event: Event) => this.#renameLabel(event, name)}
        />
        <input
          class="key"
          maxlength="1"
          aria-label=${words.keyOf(name)}
          title=${words.keyOf(name)}
          placeholder=${words.key}
          .value=${key}
          @change=${(event: Event) => this.#changeKey(event, label)}
        />
        <button
          aria-expanded=${String(isOpen)}
          data-action="attributes"
          @click=${() => {
            this.open = isOpen ? undefined : name;
          }}
        >
          ${words.attributes(label.attributes.length)}
        </button>
        <button
          class="small"
          data-action="remove-label"
          aria-label=${words.removeLabel(name)}
          title=${words.removeLabel(name)}
          @click=${() => this.#change(label, undefined)}
        >
          ${icon("trash")}
        </button>
      </div>
      ${isOpen ? attributeRows(label, (next) => this.#change(label, next)) : nothing}
    </li>`;
  }

  #folder(): TemplateResult {
    return html`<p class="faint foot">${words.inFolder}</p>`;
  }

  #projects(): TemplateResult {
    const current = this.studio?.keeper?.store.name;
    return html`<h2>${words.all}</h2>
      <ul class="projects">
        ${this.known.map(
          (
            project,
          ) => html`<li data-project=${project.name} ?data-current=${project.id === current}>
            <span class="ellipsis wide">${project.name}</span>
            <span class="faint">${words.photos(project.photos)}</span>
            ${
              project.id === current
                ? html`<span class="faint">${words.isOpen}</span>`
                : html`<button @click=${() => this.#openProject(project.id)}>${words.open}</button>
                    <button
                      class="small"
                      aria-label=${words.remove(project.name)}
                      title=${words.remove(project.name)}
                      @click=${() => this.#remove(project)}
                    >
                      ${icon("trash")}
                    </button>`
            }
          </li>`,
        )}
      </ul>
      <button class="plain" data-action="new-project" @click=${() => this.#begin()}>
        ${icon("plus")}${words.begin}
      </button>
      <p class="faint foot">${words.inBrowser}</p>`;
  }

  async #readKnown(): Promise<void> {
    this.known = await allProjects(this.studio);
  }

  #close(): void {
    this.renderRoot.querySelector("dialog")?.close();
  }

  #rename(name: string): void {
    if (name.trim() === "") {
      this.requestUpdate();
      return;
    }
    changeProject(this.studio, { ...this.state.project, name: name.trim() });
    this.known = this.known.map((one) =>
      one.id === this.studio.keeper?.store.name ? { ...one, name: name.trim() } : one,
    );
  }

  #addLabel(): void {
    this.open = undefined;
    addLabelToProject(this.studio);
  }

  #change(label: ProjectLabel, next: ProjectLabel | undefined): void {
    const { project } = this.state;
    const labels = project.labels.flatMap((one) => (one === label ? (next ?? []) : one));
    changeProject(this.studio, { ...project, labels });
    this.requestUpdate();
  }

  #renameLabel(event: Event, from: string): void {
    const to = textOf(event).trim();
    const isRenamed = to !== "" && to !== from;
    if (isRenamed) telling(this.studio, renameProjectLabel(this.studio, from, to));
    if (this.open === from && isRenamed) this.open = to;
    // A name that is refused gives way to the one before.
    (event.target as HTMLInputElement).value = isRenamed ? to : from;
    this.requestUpdate();
  }

  #changeKey(event: Event, label: ProjectLabel): void {
    const key = textOf(event).trim().toUpperCase();
    const { key: before, ...others } = label;
    const taken = key === "" ? undefined : words.keyIsTaken(key);
    if (taken !== undefined && isKeyTaken(key, this.studio)) {
      this.studio.notify("error", taken);
      (event.target as HTMLInputElement).value = before ?? "";
      return;
    }
    this.#change(label, key === "" ? others : { ...others, key });
  }

  #openProject(id: string): void {
    this.#close();
    telling(this.studio, openProject(this.studio, id));
  }

  #begin(): void {
    this.#close();
    const names = this.known.map(({ name }) => name);
    let number = this.known.length + 1;
    while (names.includes(words.numbered(number))) number++;
    telling(this.studio, beginProject(this.studio, words.numbered(number)));
  }

  #remove(project: KnownProject): void {
    if (!confirm(words.confirmRemoval(project.name, project.photos))) return;
    telling(
      this.studio,
      removeProject(project).then(() => this.#readKnown()),
    );
  }
}

function textOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
