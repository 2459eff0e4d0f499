/** Looks at a network in training: when they are due, what came of them, and which was best. */

import type { Recipe, Standing } from "../../train/index.ts";
import { stepsOf } from "../../train/index.ts";
import type { HeldOutFigures } from "./runFolder.ts";

export interface Looks {
  /** Whether the recipe wants a look after so many steps that was not taken yet. */
  isDue(steps: number): boolean;
  /** Take one; what is stopped on the way is as if it had not begun. */
  take(standing: Standing): Promise<void>;
  /** First taken first. */
  all(): readonly HeldOutFigures[];
}

export interface LooksOptions {
  readonly recipe: Recipe;
  /** Taken before, by a run that this one goes on with. */
  readonly before: readonly HeldOutFigures[];
  /** `undefined` where it was stopped; called only where something is held out. */
  readonly look: (standing: Standing) => Promise<HeldOutFigures | undefined>;
  readonly hasObjects: boolean;
  /** Called with a look that is better than all before it. */
  readonly best: (standing: Standing) => Promise<void>;
  /** Called with every look, after `best`. */
  readonly taken: (figures: HeldOutFigures) => Promise<void>;
}

export function looksOf(options: LooksOptions): Looks {
  const { recipe, before, look, hasObjects, best, taken } = options;
  const looks = [...before];
  const total = stepsOf(recipe.curriculum);

  /** A run that leaves its best weights compares them with those that it begins with. */
  function isWanted(steps: number): boolean {
    if (steps === 0) return recipe.keep === "best";
    return steps === total || steps % recipe.evaluation.every === 0;
  }

  return {
    isDue: (steps) =>
      hasObjects && isWanted(steps) && !looks.some((figures) => figures.step === steps),
    take: async (standing) => {
      if (!hasObjects) return;
      const figures = await look(standing);
      if (figures === undefined) return;
      looks.push(figures);
      if (bestOf(looks) === figures) await best(standing);
      await taken(figures);
    },
    all: () => looks,
  };
}

/** The look with the highest mean IoU over all clicks; of equals the first. */
export function bestOf(looks: readonly HeldOutFigures[]): HeldOutFigures {
  return looks.reduce((best, one) => (overall(one) > overall(best) ? one : best));
}

/** Mean IoU over all clicks, 0 to 1: what a person has before him while he clicks. */
export function overall({ miou }: HeldOutFigures): number {
  return miou.reduce<number>((sum, value) => sum + (value ?? 0), 0) / miou.length;
}
