/**
 * Ten steps down ½ w'Aw − b'w + ¼ Σ u⁴, all in one graph. `w` learns at the base rate, `u` at a
 * tenth of it; schedules with a floor have it for both, so each group has a schedule of its own.
 */

import {
  add,
  concat,
  constant,
  contract,
  expand,
  gradient,
  multiply,
  type Node,
  rename,
  reorder,
  square,
  subtract,
  sum,
  tensor,
} from "../../src/graph/index.ts";
import {
  adam,
  adamW,
  clipByGlobalNorm,
  constantRate,
  cosineRate,
  type Named,
  type Optimiser,
  polyRate,
  type Schedule,
  sgd,
  stepRate,
  updateParameters,
} from "../../src/train/index.ts";
import { type CaseInputs, exactly, NotSupported } from "./caseInputs.ts";
import type { KindOfCase } from "./kinds.ts";
import type { Case } from "./pack.ts";

/** How many times as fast as the base rate each parameter learns. */
const RATE_FACTORS: Readonly<Record<string, number>> = { w: 1, u: 0.1 };

export const optimiserCase: KindOfCase = {
  axes: {
    A: exactly("rows", "channels"),
    b: exactly("channels"),
    w: exactly("channels"),
    u: exactly("units"),
  },
  broadcasts: [],
  outputs({ options }, inputs) {
    const optimiser = optimiserOf(options);
    const rates = ratesOf(options);
    let now = { parameters: namedInputs(inputs), state: noState(inputs, optimiser) };
    const path = [now.parameters];
    const losses: Node[] = [];
    for (const [step, rate] of rates.entries()) {
      const loss = lossOf(inputs, now.parameters);
      const gradients = clipped(gradient(loss, now.parameters), options["clipNorm"]);
      now = updateParameters(now.parameters, gradients, now.state, (name) => ({
        optimiser,
        learningRate: rate[name],
        step: step + 1,
      }));
      path.push(now.parameters);
      losses.push(loss);
    }
    return {
      wPath: stacked(path.map(({ w }) => w)),
      uPath: stacked(path.map(({ u }) => u)),
      learningRates: constant(
        tensor(
          { step: rates.length, group: 2 },
          rates.flatMap(({ w, u }) => [w, u]),
        ),
      ),
      losses: stacked(losses),
    };
  },
};

function namedInputs(inputs: CaseInputs): Named {
  return { w: inputs.need("w"), u: inputs.need("u") };
}

function noState(inputs: CaseInputs, { remembers }: Optimiser): Named {
  const zeros = Object.entries(namedInputs(inputs)).flatMap(([name, { axes }]) =>
    remembers.map((what) => [
      `${what}:${name}`,
      expand(0, Object.fromEntries(axes.map((axis) => [axis.name, axis.size]))),
    ]),
  );
  return Object.fromEntries(zeros);
}

function lossOf(inputs: CaseInputs, { w, u }: Named): Node {
  const product = contract(inputs.need("A"), w, "channels");
  const bowl = contract(product, rename(w, { channels: "rows" }), "rows");
  const slope = contract(inputs.need("b"), w, "channels");
  const quartic = sum(square(square(u)), "units");
  return add(subtract(multiply(0.5, bowl), slope), multiply(0.25, quartic));
}

function clipped(gradients: Named, maxNorm: unknown): Named {
  return typeof maxNorm === "number" ? clipByGlobalNorm(gradients, maxNorm).gradients : gradients;
}

function optimiserOf(options: Case["options"]): Optimiser {
  const settings = settingsOf(options);
  const { weight_decay: weightDecay, eps: epsilon } = settings;
  const adamOptions = { betas: settings.betas, epsilon, weightDecay, amsgrad: settings.amsgrad };
  switch (options["optimiser"]) {
    case "sgd":
      return sgd({ ...settings, weightDecay });
    case "adam":
      return adam(adamOptions);
    case "adamw":
      // The default of the source is not ours.
      return adamW({ ...adamOptions, weightDecay: weightDecay ?? 0.01 });
    default:
      throw new NotSupported(`optimiser ${JSON.stringify(options["optimiser"])}`);
  }
}

/** Settings by the names of their source, which is PyTorch. */
interface Settings {
  readonly lr: number;
  readonly momentum?: number;
  readonly dampening?: number;
  readonly nesterov?: boolean;
  readonly weight_decay?: number;
  readonly betas?: readonly [number, number];
  readonly eps?: number;
  readonly amsgrad?: boolean;
}

const KNOWN = "lr momentum dampening nesterov weight_decay betas eps amsgrad".split(" ");

function settingsOf({ settings }: Case["options"]): Settings {
  for (const name of Object.keys(settings as Settings)) {
    if (!KNOWN.includes(name)) throw new NotSupported(`setting ${name} of an optimiser`);
  }
  return settings as Settings;
}

/** The learning rate of every parameter at every step. */
function ratesOf(options: Case["options"]): readonly Readonly<Record<string, number>>[] {
  const { lr } = settingsOf(options);
  const entries = Object.entries(RATE_FACTORS).map(([name, factor]) => {
    const base = lr * factor;
    return [name, base, scheduleOf(options["schedule"], base)] as const;
  });
  return Array.from({ length: Number(options["steps"]) }, (_, step) =>
    Object.fromEntries(entries.map(([name, base, schedule]) => [name, base * schedule(step)])),
  );
}

interface ScheduleSettings {
  readonly total: number;
  readonly power?: number;
  /** In units of a learning rate. */
  readonly floor?: number;
  readonly warmup?: number;
  readonly every: number;
  readonly factor?: number;
}

function scheduleOf(schedule: unknown, base: number): Schedule {
  if (schedule === null || schedule === undefined) return constantRate;
  const [name, settings] = schedule as [string, ScheduleSettings];
  const { total, power, floor = 0, warmup: warmUp, every, factor } = settings;
  switch (name) {
    case "constant":
      return constantRate;
    case "poly":
      return polyRate({ total, power });
    case "cosine":
    case "warmupCosine":
      return cosineRate({ total, floor: floor / base, warmUp });
    case "step":
      return stepRate({ every, factor });
    default:
      throw new NotSupported(`schedule ${JSON.stringify(name)}`);
  }
}

/** One tensor per step, along a first axis. */
function stacked(steps: readonly Node[]): Node {
  const each = steps.map((step) =>
    reorder(expand(step, { step: 1 }), ["step", ...step.axes.map(({ name }) => name)]),
  );
  return concat(each, "step");
}
