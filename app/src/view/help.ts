/** The dialog behind "?": every gesture and every key. */

import { html, type TemplateResult } from "lit";
import { type CommandName, commands } from "../commands.ts";
import { texts } from "../texts.ts";
import { icon } from "./icons.ts";

export function help(): TemplateResult {
  return html`<dialog
    aria-label=${texts.help.title}
    @click=${(event: Event) => {
      // The dialog itself is hit only beside its content, on the backdrop.
      if (event.target === event.currentTarget) closeDialog(event);
    }}
  >
    <div class="help">
      <h1>${texts.help.title}</h1>
      <button class="small" autofocus aria-label=${texts.help.close} @click=${closeDialog}>
        ${icon("close")}
      </button>
      <h2>${texts.help.mouse}</h2>
      <dl>${texts.help.gestures.map(([what, meaning]) => line([what], meaning))}</dl>
      <h2>${texts.help.keyboard}</h2>
      <dl>
        ${texts.help.keys.map(([what, meaning]) => line([what], meaning))}
        ${(Object.keys(commands) as CommandName[]).map((name) =>
          line(commands[name].keys, texts.commands[name]),
        )}
      </dl>
      <p class="faint">${texts.help.privacy}</p>
    </div>
  </dialog>`;
}

function closeDialog(event: Event): void {
  (event.currentTarget as HTMLElement).closest("dialog")?.close();
}

function line(keys: readonly string[], meaning: string): TemplateResult {
  return html`<div>
    <dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
    <dd>${meaning}</dd>
  </div>`;
}
