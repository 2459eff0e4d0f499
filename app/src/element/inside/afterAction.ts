import { editByHand, type Session, say, sayInstead, takeBack } from "maskwise";
import type { Action } from "../../tools/tool.ts";

/**
 * The session after what a person did on the stage.
 *
 * @throws {RangeError} What the session refuses, such as a contradiction.
 */
export function afterAction(session: Session, action: Action): Session {
  switch (action.kind) {
    case "say":
      return say(session, action.prompt);
    case "say instead":
      return sayInstead(session, action.id, action.prompt);
    case "take back":
      return takeBack(session, action.id);
    case "edit":
      return editByHand(session, action.edit);
    case "pan":
    case "choose an object":
      return session;
    default:
      return action satisfies never;
  }
}
