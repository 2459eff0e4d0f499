import type { Event, Prompt } from "maskwise";
import { texts } from "../texts.ts";

const words = texts.history.events;

/** What an event did, in a few words. */
export function stepText(event: Event): string {
  switch (event.kind) {
    case "say":
      return words.say(
        words.prompts[event.prompt.kind satisfies Prompt["kind"]],
        event.prompt.says,
      );
    case "take back":
      return words.takeBack;
    case "add label":
      return words.addLabel(event.label);
    case "rename label":
      return words.renameLabel(event.label, event.to);
    case "remove label":
      return words.removeLabel(event.label);
    case "merge labels":
      return words.mergeLabels(event.label, event.into);
    case "edit":
      return words.edits[event.edit.kind];
    case "together":
      return event.events.map(stepText).join(", ");
    case "start from":
      return words.startFrom;
    case "lock":
      return words.lock(event.label);
    case "unlock":
      return words.unlock(event.label);
    case "set strength":
      return words.setStrength(event.strength);
    case "restart":
      return words.restart;
    default:
      return event satisfies never;
  }
}
