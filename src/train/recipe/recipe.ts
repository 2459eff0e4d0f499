/** How a network is trained, as data: everything a run depends on beside its pictures. */

import type { Augmentation } from "../../data/augment/augmented.ts";
import type {
  AttentionStage,
  Classifier,
  Interaction,
} from "../../models/network/configuration.ts";
import type { ClickHabits } from "../curriculum/simulatedClicks.ts";
import type { Stage } from "../curriculum/tasks.ts";
import type { LossWeights } from "../loop/segmentationLoss.ts";

export interface Recipe {
  /** A configuration by its name, or one that differs from it. */
  readonly network: string | NetworkRecipe;
  /** What is drawn depends on it, and the weights that are begun with. */
  readonly seed: number;
  /** Weights of sources: `NAME` (all sets of that data, as if they were one), or `NAME/SET`. */
  readonly sources: Readonly<Record<string, number>>;
  /** Share of pictures that is never trained on, to look at the network with. */
  readonly heldOut: number;
  readonly crop: Augmentation;
  readonly clicks: ClickHabits;
  readonly curriculum: readonly Stage[];
  /** Samples in a step. */
  readonly batch: number;
  readonly loss: LossWeights;
  readonly optimiser: OptimiserRecipe;
  readonly schedule: ScheduleRecipe;
  /** Every group whose pattern a parameter's name matches applies to it: rates multiply, the last decay holds. */
  readonly groups: readonly GroupRecipe[];
  /** Length above which all gradients together are shortened. */
  readonly maxNorm: number;
  /** Decay of the averages of the weights, in [0, 1); 0 keeps none. */
  readonly averaging: number;
  /** Every how many steps it is looked at how many held-out objects, with how many clicks. */
  readonly evaluation: {
    readonly every: number;
    readonly objects: number;
    readonly clicks: number;
  };
  /**
   * Which weights a run leaves: the last, or those that did best in a look, the beginning included.
   *
   * @default "last"
   */
  readonly keep?: "last" | "best";
}

/** A network that differs from one of a name: what experiments compare. */
export interface NetworkRecipe {
  /** Not that of another network. */
  readonly name: string;
  /** What it is in all that is not said here. */
  readonly like: string;
  readonly attention?: Partial<Pick<AttentionStage, "keySteps" | "positions" | "prior" | "span">>;
  readonly interaction?: Partial<Pick<Interaction, "entry" | "takesStart">>;
  /** In place of the other's. */
  readonly classifier?: Classifier;
}

/** `rate` is the learning rate at the schedule's top. */
export type OptimiserRecipe =
  | {
      readonly name: "adamW";
      readonly rate: number;
      readonly betas: readonly [number, number];
      readonly weightDecay: number;
    }
  | {
      readonly name: "sgd";
      readonly rate: number;
      readonly momentum: number;
      readonly weightDecay: number;
    };

/** Over all steps of the curriculum. */
export type ScheduleRecipe =
  | { readonly name: "constant" }
  | { readonly name: "cosine"; readonly warmUp: number; readonly floor: number }
  | { readonly name: "poly"; readonly power: number };

export interface GroupRecipe {
  /** A name, in which one `*` stands for anything. */
  readonly match: string;
  /** Learns so many times as fast; 0 is frozen. */
  readonly rate: number;
  readonly weightDecay?: number | undefined;
}
