import { html, nothing, type TemplateResult } from "lit";
import { type CommandName, commands, isPossible, keysFor, type Workplace } from "../commands.ts";
import { texts } from "../texts.ts";
import { type IconName, icon } from "./icons.ts";

export interface CommandButton {
  readonly name: CommandName;
  readonly icon: IconName;
  /** Whether it is what is chosen now; leave out where nothing is chosen by it. */
  readonly isOn?: boolean;
}

/** A button for a command, with its key in the tooltip. */
export function commandButton(
  workplace: Workplace,
  { name, icon: sign, isOn }: CommandButton,
): TemplateResult {
  const [key] = keysFor(name, workplace.studio.state);
  return html`<button
    class="icon-button"
    data-command=${name}
    title=${key === undefined ? texts.commands[name] : `${texts.commands[name]} (${key})`}
    aria-label=${texts.commands[name]}
    aria-keyshortcuts=${key?.replace("Ctrl", "Control") ?? nothing}
    aria-pressed=${isOn === undefined ? nothing : String(isOn)}
    ?disabled=${!isPossible(name, workplace.studio.state)}
    @click=${() => commands[name].run(workplace)}
  >
    ${icon(sign)}
  </button>`;
}
