/** What a recipe says about learning, as optimisers, groups and schedules. */

import { stepsOf } from "../curriculum/tasks.ts";
import { adamW } from "../optimisers/adam.ts";
import type { Optimiser } from "../optimisers/optimiser.ts";
import { sgd } from "../optimisers/sgd.ts";
import { constantRate, cosineRate, polyRate, type Schedule } from "../schedules.ts";
import type { ParameterGroup } from "../trainingStep.ts";
import type { Recipe } from "./recipe.ts";

/** @param weightDecay In place of the recipe's. */
export function optimiserOf(
  { optimiser }: Pick<Recipe, "optimiser">,
  weightDecay: number = optimiser.weightDecay,
): Optimiser {
  switch (optimiser.name) {
    case "adamW":
      return adamW({ betas: optimiser.betas, weightDecay });
    case "sgd":
      return sgd({ momentum: optimiser.momentum, weightDecay });
    default:
      return optimiser satisfies never;
  }
}

/** How the parameter of a name is learnt; one with the rate 0 is frozen. */
export function groupOf(
  recipe: Pick<Recipe, "optimiser" | "groups">,
  parameter: string,
): Required<ParameterGroup> {
  const own = recipe.groups.filter(({ match }) => matches(match, parameter));
  const decay = own.findLast(({ weightDecay }) => weightDecay !== undefined)?.weightDecay;
  return {
    rateFactor: own.reduce((product, { rate }) => product * rate, 1),
    optimiser: optimiserOf(recipe, decay),
  };
}

/** The learning rate at each step, counted from 0. */
export function rateOf(
  recipe: Pick<Recipe, "optimiser" | "schedule" | "curriculum">,
): (step: number) => number {
  const schedule = scheduleOf(recipe.schedule, stepsOf(recipe.curriculum));
  return (step) => recipe.optimiser.rate * schedule(step);
}

function scheduleOf(schedule: Recipe["schedule"], total: number): Schedule {
  switch (schedule.name) {
    case "constant":
      return constantRate;
    case "cosine":
      return cosineRate({ total, warmUp: schedule.warmUp, floor: schedule.floor });
    case "poly":
      return polyRate({ total, power: schedule.power });
    default:
      return schedule satisfies never;
  }
}

/** Whether a name is a pattern's, in which one star stands for anything. */
function matches(pattern: string, name: string): boolean {
  const star = pattern.indexOf("*");
  if (star === -1) return pattern === name;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}
