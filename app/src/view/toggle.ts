/** A switch that does a command, with its key beside it. */

import { html, nothing, type TemplateResult } from "lit";
import { commands, keysFor, type Workplace } from "../commands.ts";
import { texts } from "../texts.ts";

type Switched = "outline" | "uncertainty" | "grid" | "map" | "changes" | "why" | "unsure";

export function toggle(workplace: Workplace, name: Switched, isOn: boolean): TemplateResult {
  const [key] = keysFor(name, workplace.studio.state);
  return html`<label class="toggle">
    <span>${texts.commands[name]}</span> ${key === undefined ? nothing : html`<kbd>${key}</kbd>`}
    <input
      type="checkbox"
      role="switch"
      .checked=${isOn}
      @change=${() => commands[name].run(workplace)}
    />
  </label>`;
}
