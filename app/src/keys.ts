/** From a key to what it does. */

import { commandFor, commands, isPossible, type Workplace } from "./commands.ts";
import { selectLabelAt } from "./desk/edits.ts";
import { isTyping } from "./stage/pointing.ts";
import { keyOf } from "./state/shortcuts.ts";

/** Do what a key means, if it means anything here and is not meant for a field. */
export function pressKey(event: KeyboardEvent, workplace: Workplace): void {
  if (event.defaultPrevented || event.altKey || isTyping(event)) return;
  const { studio, stage } = workplace;
  const pressed = keyOf(event);
  const name = commandFor(pressed, studio.state);
  if (pressed === "Escape") {
    stage().cancel();
  } else if (/^\d$/.test(pressed)) {
    event.preventDefault();
    selectLabelAt(studio, Number(pressed));
  } else if (name) {
    event.preventDefault();
    if (isPossible(name, studio.state)) commands[name].run(workplace);
  }
}
