/** Losses on images `[batch, channels, height, width]`, one logit a pixel or one a class. */

import { less, type Node } from "../../src/graph/index.ts";
import {
  bceWithLogits,
  crossEntropy,
  focal,
  normalisedFocal,
  softIoU,
} from "../../src/train/index.ts";
import { type CaseInputs, exactly, NotSupported } from "./caseInputs.ts";
import type { KindOfCase } from "./kinds.ts";
import type { Case } from "./pack.ts";

const IMAGE = exactly("batch", "channels", "height", "width");

type Options = Case["options"];
type Loss = (logits: Node, target: Node, valid: Node | undefined, options: Options) => Node;

/** A loss of one logit a pixel, over the pixels whose `valid` is not 0. */
function pixelLoss(loss: Loss): KindOfCase {
  return {
    axes: { logits: IMAGE, target: IMAGE, valid: IMAGE },
    broadcasts: [],
    outputs: ({ options }, inputs) => ({
      out: loss(inputs.need("logits"), inputs.need("target"), validOf(inputs), options),
    }),
  };
}

export const normalisedFocalCase = pixelLoss((logits, target, valid, options) =>
  normalisedFocal(logits, target, {
    valid,
    gamma: numberOf(options, "gamma"),
    balance: numberOf(options, "alpha"),
    normaliser: options["normaliserDetached"] === true ? "detached" : "attached",
  }),
);

export const focalCase = pixelLoss((logits, target, valid, options) =>
  focal(logits, target, {
    valid,
    gamma: numberOf(options, "gamma"),
    balance: numberOf(options, "alpha"),
  }),
);

export const softIoUCase = pixelLoss((logits, target, valid, options) =>
  softIoU(logits, target, {
    valid,
    epsilon: numberOf(options, "eps"),
    union: unionOf(options),
  }),
);

export const bceWithLogitsCase = pixelLoss((logits, target, valid) =>
  bceWithLogits(logits, target, { valid }),
);

export const crossEntropyCase: KindOfCase = {
  axes: {
    logits: exactly("batch", "classes", "height", "width"),
    target: exactly("batch", "height", "width"),
  },
  broadcasts: [],
  outputs: ({ options }, inputs) => ({
    out: crossEntropy(inputs.need("logits"), inputs.need("target"), {
      ignoreIndex: numberOf(options, "ignoreIndex"),
    }),
  }),
};

function validOf(inputs: CaseInputs): Node | undefined {
  const valid = inputs.get("valid");
  return valid === undefined || valid.kind === "bool" ? valid : less(0, valid);
}

function numberOf(options: Options, name: string): number | undefined {
  const value = options[name] ?? undefined;
  if (value === undefined || typeof value === "number") return value;
  throw new NotSupported(`${name} ${JSON.stringify(value)}`);
}

function unionOf({ union }: Options): "product" | "maximum" {
  if (union === "p + y - p y") return "product";
  if (union === "max(p,y)") return "maximum";
  throw new NotSupported(`union ${JSON.stringify(union)}`);
}
