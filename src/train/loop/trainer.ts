/**
 * A network being trained on a device: its weights, what the optimiser remembers and the averages
 * stay there from step to step.
 */

import type { Click } from "../../clicks/prompts.ts";
import type { Node } from "../../graph/node.ts";
import { input } from "../../graph/operations/input.ts";
import { resize } from "../../graph/operations/resize.ts";
import { training } from "../../nn/mode.ts";
import { nodesByPath, parameterNodes, parametersByPath } from "../../nn/parameters.ts";
import type { Device, DeviceTensor } from "../../runtime/device.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import { type Batch, truthNumbers } from "../curriculum/batch.ts";
import { clickTensors } from "../curriculum/clickTensors.ts";
import { groupOf, optimiserOf } from "../recipe/learning.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { type TrainingStep, trainingStep } from "../trainingStep.ts";
import { clickNodes } from "./clickNodes.ts";
import { type Predictor, predictor } from "./predictor.ts";
import { segmentationLoss } from "./segmentationLoss.ts";
import type { Trainable } from "./trainable.ts";

export type Tensors = Readonly<Record<string, HostTensor>>;

/** What came of a step. */
export interface StepReport {
  /** Before the update. */
  readonly loss: number;
  /** Length of all gradients together, before they were shortened. */
  readonly gradientNorm: number;
}

export interface Trainer {
  /**
   * One update of the weights.
   *
   * @param clicks Of each sample of the batch.
   * @param step   Which update it is: 1 at the first.
   */
  step(
    batch: Batch,
    clicks: readonly (readonly Click[])[],
    step: number,
    learningRate: number,
  ): Promise<StepReport>;
  /** Answers of the network as it now is. */
  readonly predict: Predictor["predict"];
  /** All that a further run needs to go on from here, by name; weights by their own names. */
  state(): Promise<Tensors>;
  dispose(): Promise<void>;
}

export interface TrainerOptions {
  readonly network: Trainable;
  readonly recipe: Recipe;
  /** Whether the network is given masks to start from. */
  readonly takesStart: boolean;
  readonly device: Device;
  /** A tensor for every parameter of the network; what else a `state` holds is taken up, too. */
  readonly from: Tensors;
}

/** A trainer that goes on from somewhere. @throws {TypeError} A tensor is missing. */
export async function trainer(options: TrainerOptions): Promise<Trainer> {
  const { network, recipe, device, from } = options;
  const { step: plan, fixed } = stepOf(options);
  const first = plan.start(from);
  let carried: Readonly<Record<string, HostTensor | DeviceTensor>> = Object.fromEntries(
    Object.entries(first).map(([name, start]) => [name, from[name] ?? start]),
  );
  const kept: Record<string, DeviceTensor> = {};
  for (const name of fixed) kept[name] = await device.place(from[name]);
  const program = await device.bind(plan.graph);
  const looking = predictor(network, recipe, device, () => ({ ...kept, ...carried }));
  return {
    predict: looking.predict,
    step: async (batch, clicks, step, learningRate) => {
      const { loss, gradientNorm, ...next } = await program.run({
        ...kept,
        ...carried,
        ...batchTensors(batch, clicks, recipe),
        learningRate: tensor({}, [learningRate]),
        step: tensor({}, [step]),
      });
      letGo(carried);
      carried = next;
      const report = {
        loss: (await loss.read()).data[0],
        gradientNorm: (await gradientNorm.read()).data[0],
      };
      letGo({ loss, gradientNorm });
      return report;
    },
    state: async () => {
      const all: Record<string, HostTensor> = {};
      for (const [name, value] of Object.entries({ ...kept, ...carried })) {
        all[name] = "read" in value ? await value.read() : value;
      }
      return all;
    },
    dispose: async () => {
      letGo(carried);
      letGo(kept);
      await looking.dispose();
      await program.dispose();
    },
  };
}

/** The step of training, and the names of the parameters that it leaves as they are. */
function stepOf({ network, recipe, takesStart }: TrainerOptions): {
  readonly step: TrainingStep;
  readonly fixed: readonly string[];
} {
  const { batch, crop, clicks, maxNorm, averaging } = recipe;
  const wanted = parametersByPath(network.parameters);
  const isFrozen = (name: string): boolean => groupOf(recipe, name).rateFactor === 0;
  const weights = parameterNodes(network.parameters);
  const nodes = nodesByPath(weights);
  const learnt = named(nodes, (name) => wanted[name].learnt && !isFrozen(name));
  const square = { height: crop.side, width: crop.side };
  const mode = training();
  const features = network.encode(weights, input("image", { batch, channels: 3, ...square }), mode);
  const told = clickNodes(batch, clicks.most);
  const grid = { height: crop.side / network.stride, width: crop.side / network.stride };
  const start = takesStart
    ? resize(input("start", { batch, ...square }), grid, { antialias: true })
    : undefined;
  const logits = network.answer(weights, features, { ...told, start }, mode);
  const updates = new Map([...mode.updates].filter(([before]) => !isFrozen(nameOf(before))));
  const step = trainingStep({
    loss: segmentationLoss(
      resize(logits, square),
      input("truth", { batch, ...square }),
      recipe.loss,
    ),
    parameters: learnt,
    optimiser: optimiserOf(recipe),
    groupOf: (name) => groupOf(recipe, name),
    maxNorm,
    updates,
    averageDecay: averaging === 0 ? undefined : averaging,
  });
  const moving = new Set([...Object.keys(learnt), ...[...updates.keys()].map(nameOf)]);
  return { step, fixed: Object.keys(nodes).filter((name) => !moving.has(name)) };
}

function batchTensors(
  batch: Batch,
  clicks: readonly (readonly Click[])[],
  recipe: Recipe,
): Record<string, HostTensor> {
  const square = { height: batch.side, width: batch.side };
  const count = batch.ids.length;
  return {
    image: tensor({ batch: count, channels: 3, ...square }, batch.image),
    truth: tensor({ batch: count, ...square }, truthNumbers(batch)),
    start: tensor({ batch: count, ...square }, batch.start),
    ...clickTensors(clicks, recipe.clicks.most),
  };
}

function nameOf(node: Node): string {
  return node.operation === "input" ? node.attributes.name : "";
}

function named(
  nodes: Readonly<Record<string, Node>>,
  isWanted: (name: string) => boolean,
): Readonly<Record<string, Node>> {
  return Object.fromEntries(Object.entries(nodes).filter(([name]) => isWanted(name)));
}

function letGo(tensors: Readonly<Record<string, HostTensor | DeviceTensor>>): void {
  for (const each of Object.values(tensors)) if ("dispose" in each) each.dispose();
}
