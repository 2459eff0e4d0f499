/**
 * `<maskwise-shortcuts>`: the dialog behind "?": every gesture and every key, and the keys to change.
 * A key that somebody else has is only taken after asking.
 */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { type CommandName, commands } from "../commands.ts";
import { type Changed, canBeGiven, given, holderOf, keyOf, keysOf } from "../state/shortcuts.ts";
import { texts } from "../texts.ts";
import { floating } from "./floating.ts";
import { icon } from "./icons.ts";
import { theme } from "./theme.ts";

/** A person has changed keys. */
export type KeysChanged = CustomEvent<Changed>;

/** The command that waits for its new key, and what stands in the way of the last one pressed. */
interface Asking {
  readonly name: CommandName;
  readonly clash?: { readonly key: string; readonly holder: CommandName };
  readonly refused?: string;
}

const say = texts.help;

export class Shortcuts extends LitElement {
  static override properties = { keys: { attribute: false } };
  static override styles = [theme, floating];

  declare keys: Changed;
  #asking: Asking | undefined;

  get isOpen(): boolean {
    return this.#dialog?.open ?? false;
  }

  show(): void {
    this.#dialog?.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog
      aria-labelledby="title"
      @click=${(event: Event) => {
        // The dialog itself is hit only beside its content, on the backdrop.
        if (event.target === event.currentTarget) this.#dialog?.close();
      }}
      @close=${() => this.#ask(undefined)}
      @keydown=${this.#onKey}
      @keyup=${(event: Event) => event.stopPropagation()}
    >
      <div class="help">
        <h1 id="title">${say.title}</h1>
        <button class="small" autofocus aria-label=${say.close} @click=${() => this.#dialog?.close()}>
          ${icon("close")}
        </button>
        <h2>${say.mouse}</h2>
        <dl>${say.gestures.map(([what, meaning]) => line([what], meaning))}</dl>
        <h2>${say.keyboard}</h2>
        <dl>${say.keys.map(([what, meaning]) => line([what], meaning))}</dl>
        <h2>${say.commands}</h2>
        <p class="faint">${say.change}</p>
        <ul class="keys">${(Object.keys(commands) as CommandName[]).map((name) => this.#row(name))}</ul>
        <button
          class="plain"
          data-action="reset-keys"
          ?disabled=${Object.keys(this.keys).length === 0}
          @click=${() => this.#change({})}
        >
          ${say.reset}
        </button>
        <p class="faint">${say.privacy}</p>
      </div>
    </dialog>`;
  }

  #row(name: CommandName): TemplateResult {
    const keys = keysOf(name, this.keys, commands);
    const isAsking = this.#asking?.name === name;
    const title = texts.commands[name];
    return html`<li data-keys-of=${name} ?data-changed=${name in this.keys}>
      <button
        title=${say.changeKey(title)}
        aria-pressed=${String(isAsking)}
        @click=${() => this.#ask(isAsking ? undefined : { name })}
      >
        ${
          isAsking ? html`<kbd>${say.press}</kbd>` : keys.map((key) => html`<kbd>${key}</kbd>`)
        }${keys.length === 0 && !isAsking ? html`<kbd>${say.none}</kbd>` : nothing}
      </button>
      <span>${title}</span>
      ${isAsking ? this.#answer() : nothing}
    </li>`;
  }

  #answer(): TemplateResult | typeof nothing {
    const { name, clash, refused } = this.#asking ?? {};
    if (refused !== undefined) return html`<p role="alert">${say.refused(refused)}</p>`;
    if (!clash || !name) return nothing;
    return html`<p role="alert">
      ${say.clash(clash.key, texts.commands[clash.holder])}
      <button class="link" data-action="take-key" @click=${() => this.#give(clash.key, name)}>
        ${say.take}
      </button>
      <button class="link" @click=${() => this.#ask(undefined)}>${say.leave}</button>
    </p>`;
  }

  /** Keys pressed here mean nothing to the page behind; while a command waits, they are its answer. */
  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const { name } = this.#asking ?? {};
    if (!name || ["Shift", "Control", "Alt", "Meta", "Tab", "Enter", " "].includes(event.key))
      return;
    event.preventDefault();
    const key = keyOf(event);
    const holder = holderOf(key, this.keys, commands) as CommandName | undefined;
    if (event.key === "Escape" || holder === name) this.#ask(undefined);
    else if (!canBeGiven(key) || event.altKey) this.#ask({ name, refused: key });
    else if (holder === undefined) this.#give(key, name);
    else this.#ask({ name, clash: { key, holder } });
  };

  #give(key: string, name: CommandName): void {
    this.#change(given(key, name, this.keys, commands));
  }

  #change(keys: Changed): void {
    this.#ask(undefined);
    this.dispatchEvent(new CustomEvent("keys-changed", { detail: keys }));
  }

  #ask(asking: Asking | undefined): void {
    this.#asking = asking;
    this.requestUpdate();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }
}

function line(keys: readonly string[], meaning: string): TemplateResult {
  return html`<div>
    <dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
    <dd>${meaning}</dd>
  </div>`;
}
