/** `<maskwise-history>`: every step of the photo's session to go to, and earlier versions to restore. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Version } from "maskwise";
import { goTo, restoreVersion, versionsOf } from "../desk/history.ts";
import { telling } from "../desk/projects.ts";
import type { Studio } from "../desk/studio.ts";
import { type State, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { icon } from "../view/icons.ts";
import { theme } from "../view/theme.ts";
import { dialogStyles } from "./dialogStyles.ts";
import { stepText } from "./stepText.ts";

const words = texts.history;

export class HistoryDialog extends LitElement {
  static override properties = {
    studio: { attribute: false },
    state: { attribute: false },
    versions: { state: true },
  };
  static override styles = [theme, dialogStyles, css`dialog { width: min(460px, 94vw); }`];

  declare studio: Studio;
  declare state: State;
  declare versions: readonly Version[];

  constructor() {
    super();
    this.versions = [];
  }

  show(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
    telling(this.studio, this.#read());
  }

  override render(): TemplateResult {
    const session = this.state && selectedPhoto(this.state)?.session;
    const { events = [], at = 0 } = session ?? {};
    return html`<dialog aria-labelledby="title">
      <header>
        <h1 id="title">${words.title}</h1>
        <button
          class="icon-button"
          aria-label=${words.close}
          @click=${() => this.renderRoot.querySelector("dialog")?.close()}
        >
          ${icon("close")}
        </button>
      </header>
      <h2>${words.steps}</h2>
      <ol class="steps">
        ${[undefined, ...events].map(
          (event, step) => html`<li>
            <button
              data-step=${step}
              ?data-undone=${step > at}
              aria-current=${step === at ? "step" : nothing}
              @click=${() => goTo(this.studio, step)}
            >
              ${event === undefined ? words.start : stepText(event)}
            </button>
          </li>`,
        )}
      </ol>
      <h2>${words.versions}</h2>
      ${this.versions.length === 0 ? html`<p class="faint">${words.none}</p>` : nothing}
      <ul class="versions">
        ${this.versions.map(
          (version, i) => html`<li data-version=${i}>
            <span class="wide">
              ${words.occasions[version.occasion]}
              <span class="faint">${words.count(version.session.at)}</span><br />
              <time class="faint" datetime=${version.time}>${shown(version.time)}</time>
            </span>
            <button @click=${() => this.#restore(version)}>${words.restore}</button>
          </li>`,
        )}
      </ul>
      <p class="faint foot">${words.explained}</p>
    </dialog>`;
  }

  async #read(): Promise<void> {
    this.versions = await versionsOf(this.studio);
  }

  #restore(version: Version): void {
    restoreVersion(this.studio, version);
    telling(this.studio, this.#read());
  }
}

function shown(time: string): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
