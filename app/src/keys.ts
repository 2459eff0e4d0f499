/** From a key to what it does. */

import { type CommandName, commands, isPossible, type Workplace } from "./commands.ts";
import { selectLabelAt } from "./desk/edits.ts";
import { isTyping } from "./stage/pointing.ts";

/** Do what a key means, if it means anything here and is not meant for a field. */
export function pressKey(event: KeyboardEvent, workplace: Workplace): void {
  if (event.defaultPrevented || event.altKey || isTyping(event)) return;
  const { studio, stage } = workplace;
  const pressed = keyOf(event);
  const name = commandOf(pressed);
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

function commandOf(pressed: string): CommandName | undefined {
  return (Object.keys(commands) as CommandName[]).find((name) =>
    commands[name].keys.includes(pressed),
  );
}

/** As commands name it: "Ctrl+Shift+Z", "Q", "+"; signs say for themselves whether Shift is held. */
function keyOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isSign = key.length === 1 && key.toUpperCase() === key.toLowerCase();
  return [
    ctrlKey || metaKey ? "Ctrl+" : "",
    shiftKey && !isSign ? "Shift+" : "",
    key.length === 1 ? key.toUpperCase() : key,
  ].join("");
}
