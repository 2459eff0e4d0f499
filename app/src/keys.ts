/** From a key to what it does. */

import { commandFor, commands, isPossible, type Workplace } from "./commands.ts";
import { selectLabelAt } from "./desk/edits.ts";
import { labelWithKey, takeLabel } from "./desk/labels.ts";
import type { Studio } from "./desk/studio.ts";
import { isTyping } from "./stage/pointing.ts";
import { keyOf } from "./state/shortcuts.ts";

/** Do what a key means, if it means anything here and is not meant for a field. */
export function pressKey(event: KeyboardEvent, workplace: Workplace): void {
  if (event.defaultPrevented || event.altKey || isTyping(event)) return;
  const { studio, stage } = workplace;
  const pressed = keyOf(event);
  const name = commandFor(pressed, studio.state);
  const label = labelWithKey(studio, pressed);
  if (pressed === "Escape") {
    stage().cancel();
  } else if (label) {
    event.preventDefault();
    takeLabel(studio, label);
  } else if (/^\d$/.test(pressed)) {
    event.preventDefault();
    selectLabelAt(studio, Number(pressed));
  } else if (name) {
    event.preventDefault();
    if (isPossible(name, studio.state)) commands[name].run(workplace);
  }
}

/** Whether a key does something already. */
export function isKeyTaken(key: string, { state }: Studio): boolean {
  return (
    commandFor(key, state) !== undefined || state.project.labels.some((label) => label.key === key)
  );
}
