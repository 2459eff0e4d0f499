import { gradient } from "../graph/gradient.ts";
import { type Graph, graph } from "../graph/graph.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { input } from "../graph/operations/input.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { type Axis, type HostTensor, type Sizes, sizeOf } from "../tensor/hostTensor.ts";
import { checkOption } from "./checkOption.ts";
import { clipByGlobalNorm } from "./clipByGlobalNorm.ts";
import type { Optimiser } from "./optimisers/optimiser.ts";
import { type Named, type ParameterRule, stateName, updateParameters } from "./updateParameters.ts";

/** How a group of parameters differs from the others. */
export interface ParameterGroup {
  /** @default that of the training step */
  readonly optimiser?: Optimiser;
  /** Learns so many times as fast. @default 1 */
  readonly rateFactor?: number;
}

export interface TrainingStepOptions {
  /** What is to become small: a float without axes. */
  readonly loss: Node;
  /** What is learned: inputs of the loss, by their own names. */
  readonly parameters: Named;
  readonly optimiser: Optimiser;
  /** The group a parameter belongs to, by its name. @default one group */
  readonly groupOf?: (parameter: string) => ParameterGroup;
  /** Length of all gradients together above which they are shortened. @default never */
  readonly maxNorm?: number | undefined;
  /** Other inputs that a step replaces, by their names: the running statistics of norms. */
  readonly carried?: Named;
  /**
   * In [0, 1): keep averages of the parameters, each step a ← d a + (1 − d) w.
   *
   * @default no averages
   */
  readonly averageDecay?: number | undefined;
  /** Further outputs, by name. */
  readonly reports?: Named;
}

/** A step of training as one graph, and where it starts. */
export interface TrainingStep {
  /**
   * What is carried from step to step comes out under the name it goes in by, so that the inputs of
   * the next step are `{ ...inputs, ...outputs }` with a new batch:
   *
   * - parameters and `carried`, by their own names;
   * - what the optimiser remembers, as `velocity:NAME`, `firstMoment:NAME`, …; averages as
   *   `average:NAME`;
   * - in only: what else the loss is made of (the batch), `learningRate`, and `step`, which is 1 at
   *   the first update;
   * - out only: `loss` before the update, `gradientNorm` where gradients are clipped, and `reports`.
   */
  readonly graph: Graph;
  /**
   * What is carried, before the first step.
   *
   * @param parameters A tensor for every parameter and everything in `carried`, by name.
   */
  start(parameters: Readonly<Record<string, HostTensor>>): Readonly<Record<string, HostTensor>>;
}

/**
 * Loss, gradients and update as one graph.
 *
 *     const step = trainingStep({ loss, parameters: { weight }, optimiser: sgd() });
 *     let carried = step.start({ weight: tensor({ channels: 3 }, [0, 0, 0]) });
 *     for (…) {
 *       const { loss, ...next } = await device.run(step.graph, { ...carried, ...batch, … });
 *       carried = next;
 *     }
 *
 * @throws {TypeError} When a parameter goes by another name than its own.
 * @throws {RangeError} When an option is out of range, or two outputs would have one name.
 * @throws {ShapeError} When the loss has axes.
 */
export function trainingStep({
  loss,
  parameters,
  optimiser,
  groupOf = () => ({}),
  maxNorm,
  carried = {},
  averageDecay,
  reports = {},
}: TrainingStepOptions): TrainingStep {
  checkNames(parameters);
  const learningRate = input("learningRate", {});
  const step = input("step", {});
  const ruleOf = (name: string): ParameterRule => {
    const { optimiser: own = optimiser, rateFactor = 1 } = groupOf(name);
    checkOption("trainingStep", `rateFactor of "${name}"`, rateFactor, "≥ 0", rateFactor >= 0);
    const rate = rateFactor === 1 ? learningRate : multiply(learningRate, rateFactor);
    return { optimiser: own, learningRate: rate, step };
  };
  const slopes = gradient(loss, parameters);
  const { gradients, norm } =
    maxNorm === undefined ? { gradients: slopes } : clipByGlobalNorm(slopes, maxNorm);
  const state = stateInputs(parameters, ruleOf);
  const next = updateParameters(parameters, gradients, state, ruleOf);
  const averages = averageDecay === undefined ? {} : averaged(next.parameters, averageDecay);
  const outputs = [next.parameters, next.state, averages, carried, { loss }, reports];
  if (norm !== undefined) outputs.push({ gradientNorm: norm });
  return {
    graph: graph(withoutClashes(outputs)),
    start(values) {
      const first: Record<string, HostTensor> = {};
      for (const name of [...Object.keys(parameters), ...Object.keys(carried)]) {
        first[name] = needed(values, name);
      }
      for (const [name, { axes }] of Object.entries(state)) first[name] = zeros(axes);
      if (averageDecay === undefined) return first;
      for (const name of Object.keys(parameters)) first[averageName(name)] = needed(values, name);
      return first;
    },
  };
}

function checkNames(parameters: Named): void {
  for (const [name, node] of Object.entries(parameters)) {
    if (node.operation === "input" && node.attributes.name === name) continue;
    const came = node.operation === "input" ? `input "${node.attributes.name}"` : node.operation;
    throw new TypeError(
      `trainingStep: expected parameter "${name}" to be the input of that name, got ${came}. ` +
        `A step takes parameters in and gives them out by one name.`,
    );
  }
}

function stateInputs(parameters: Named, ruleOf: (name: string) => ParameterRule): Named {
  const state: Record<string, Node> = {};
  for (const [parameter, { axes }] of Object.entries(parameters)) {
    for (const what of ruleOf(parameter).optimiser.remembers) {
      const name = stateName(what, parameter);
      state[name] = input(name, sizesOf(axes));
    }
  }
  return state;
}

/** a ← d a + (1 − d) w, by the names of averages. */
function averaged(parameters: Named, decay: number): Named {
  checkOption("trainingStep", "averageDecay", decay, "in [0, 1)", decay >= 0 && decay < 1);
  const averages = Object.entries(parameters).map(([parameter, now]) => {
    const name = averageName(parameter);
    const before = input(name, sizesOf(now.axes));
    return [name, add(multiply(decay, before), multiply(1 - decay, now))];
  });
  return Object.fromEntries(averages);
}

function averageName(parameter: string): string {
  return stateName("average", parameter);
}

/** All outputs together, if no two have one name. */
function withoutClashes(outputs: readonly Named[]): Named {
  const all: Record<string, Node> = {};
  for (const [name, node] of outputs.flatMap((some) => Object.entries(some))) {
    if (Object.hasOwn(all, name)) {
      throw new RangeError(
        `trainingStep: expected every output to have a name of its own, got "${name}" twice. ` +
          `Rename a parameter, or what is reported.`,
      );
    }
    all[name] = node;
  }
  return all;
}

function needed(values: Readonly<Record<string, HostTensor>>, name: string): HostTensor {
  if (Object.hasOwn(values, name)) return values[name];
  throw new TypeError(
    `start: expected a tensor "${name}", got ${Object.keys(values).join(", ") || "nothing"}.`,
  );
}

function zeros(axes: readonly Axis[]): HostTensor {
  return { axes, dtype: "float32", data: new Float32Array(sizeOf(axes)) };
}

function sizesOf(axes: readonly Axis[]): Sizes {
  return Object.fromEntries(axes.map(({ name, size }) => [name, size]));
}
