/**
 * The curriculum: which of three tasks a network is trained on, and when.
 *
 * - `first`: segment the object that a first click indicates;
 * - `correction`: segment it from clicks that correct a damaged mask;
 * - `loop`: the whole loop, clicks on the mistakes that the network makes as it now is.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, appendix C.2.
 */

import { randomNumbers } from "../../tensor/random.ts";
import { seedAt } from "./seedAt.ts";

export type TaskName = "first" | "correction" | "loop";

/** Some steps with one mixture of tasks. */
export interface Stage {
  /** ≥ 1. */
  readonly steps: number;
  /** How often each task is drawn, relative to the others; without a weight, never. */
  readonly tasks: Readonly<Partial<Record<TaskName, number>>>;
}

/** How many steps a curriculum has. */
export function stepsOf(curriculum: readonly Stage[]): number {
  return curriculum.reduce((sum, { steps }) => sum + steps, 0);
}

/**
 * The task of a step, drawn by the weights of its stage.
 *
 * @param step Counted from 0; past the end, the last stage goes on.
 */
export function taskAt(curriculum: readonly Stage[], seed: number, step: number): TaskName {
  let rest = step;
  const stage = curriculum.find(({ steps }) => {
    rest -= steps;
    return rest < 0;
  });
  const tasks = Object.entries((stage ?? curriculum[curriculum.length - 1]).tasks) as [
    TaskName,
    number,
  ][];
  let left =
    randomNumbers(seedAt(seed, step))() * tasks.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [task, weight] of tasks) {
    left -= weight;
    if (left < 0) return task;
  }
  return tasks[tasks.length - 1][0];
}
