import { type Session, state } from "maskwise";

/** Whether a session says anything that a mask could follow from. */
export function saysSomething(session: Session): boolean {
  const { prompts, start, edits } = state(session);
  return prompts.size > 0 || start !== undefined || edits.length > 0;
}
