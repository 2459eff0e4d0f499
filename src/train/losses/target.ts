import type { Node } from "../../graph/node.ts";
import { bindAxes } from "../../tensor/bindAxes.ts";
import { describeAxes, ShapeError } from "../../tensor/hostTensor.ts";

export interface LossOptions {
  /** Bools, aligned by name: which pixels count. @default all */
  readonly valid?: Node | undefined;
}

/**
 * Check that a target says something about every logit, and nothing else.
 *
 * @throws {ShapeError} When the axes of target or mask are not those of the logits.
 */
export function checkTarget(
  operation: string,
  logits: Node,
  target: Node,
  valid: Node | undefined,
): void {
  const wanted = logits.axes.map(({ name }) => name);
  bindAxes(operation, { logits, target }, { logits: [], target: wanted });
  checkNoMore(operation, logits, { target });
  if (valid === undefined) return;
  bindAxes(operation, { logits, valid }, { logits: [], valid: [] });
  checkNoMore(operation, logits, { valid });
}

function checkNoMore(operation: string, logits: Node, given: Readonly<Record<string, Node>>): void {
  for (const [role, { axes }] of Object.entries(given)) {
    const extra = axes.find(({ name }) => !logits.axes.some((axis) => axis.name === name));
    if (extra === undefined) continue;
    throw new ShapeError(
      `${operation}: axis "${extra.name}" of ${role} is not one of the logits, ` +
        `${describeAxes(logits.axes)}.`,
    );
  }
}
