/**
 * The colour model: probabilistic attention over colour-and-texture tokens,
 * without trained weights. See docs/colour.md.
 */

import type { Graph } from "../../graph/graph.ts";
import type { Picture } from "../../image/pixels.ts";
import type { TensorData } from "../../tensor/hostTensor.ts";
import type { Belief, Context, Encoding, Model, Question } from "../model.ts";
import type { Band } from "./bands.ts";
import { beliefAt } from "./beliefAt.ts";
import { blendClicks, blendStart } from "./blend.ts";
import { COLOUR, type ColourConstants } from "./constants.ts";
import { type ColourEncoding, encodeColour } from "./encode.ts";
import { explain } from "./explain.ts";
import { inferenceGraph } from "./localMixture.ts";
import type { LookAt } from "./looks.ts";
import { dropUnaskedPieces } from "./pieces.ts";
import { previewer } from "./preview.ts";
import { propagate, propagationGraphs } from "./propagate.ts";
import { pullsOf } from "./pulls.ts";
import { seedsOf } from "./seeds.ts";
import { surroundings } from "./surroundings.ts";

/**
 * A colour model of one's own.
 *
 * @param options Constants that differ from the published ones; `tokens` is the one that trades
 *   detail (up to about 10,000) for time (down to about 2,500).
 */
export function colourModel(options: Partial<ColourConstants> = {}): Model {
  const constants = { ...COLOUR, ...options };
  return mixtureModel("colour", surroundings(constants), constants);
}

/** The same mixtures, going by other looks. */
export function mixtureModel(name: string, lookAt: LookAt, constants: ColourConstants): Model {
  return {
    name,
    encode: async (picture, context) => {
      const encoding = await encodeColour(picture, lookAt, constants, context);
      return answering(picture, encoding, constants);
    },
  };
}

/** Of the time of an answer, the share until units have their values. */
const UNITS_SHARE = 0.7;

function answering(whole: Picture, encoding: ColourEncoding, constants: ColourConstants): Encoding {
  const preview = previewer(encoding);
  const graphs = new Map<number, ReturnType<typeof graphsFor>>();
  const graphsFor = (labels: number) => ({
    ...propagationGraphs(labels, encoding, constants),
    inference: inferenceGraphs(labels, encoding),
  });

  /** What the units are found to hold, and all that it was found from. */
  async function find(question: Question, context: Context) {
    const labels = question.labels.length;
    const prepared = graphs.get(labels) ?? graphsFor(labels);
    graphs.set(labels, prepared);
    const own = strengthened(constants, question.strength);
    const seeds = seedsOf(question, whole, encoding.picture);
    const pulls = pullsOf(seeds, labels, encoding, own);
    const found = await propagate(pulls, labels, encoding, prepared, own, context);
    return { ...found, labels, prepared, seeds };
  }

  async function answer(question: Question, context: Context): Promise<Belief> {
    const { picture, lab, bands } = encoding;
    const { value, labels, prepared, seeds } = await find(question, {
      ...context,
      ...(context.progress && {
        progress: (share: number) => context.progress?.(share * UNITS_SHARE),
      }),
    });
    const pixels = picture.width * picture.height;
    const probabilities = new Float32Array(labels * pixels);
    for (const band of bands) {
      context.signal?.throwIfAborted();
      const { from, count, near, weights } = band;
      const inference = prepared.inference.get(count) as Graph;
      const { value: things } = await context.run(inference, { value, weights, near });
      addBand(probabilities, things.data, from, count, pixels);
      context.progress?.(UNITS_SHARE + ((1 - UNITS_SHARE) * (from + count)) / pixels);
    }
    blendStart(probabilities, seeds, constants);
    blendClicks(probabilities, seeds, labels, picture, lab, constants);
    dropUnaskedPieces(probabilities, seeds, labels, picture);
    return beliefAt(whole, encoding.guide, probabilities, question.labels);
  }

  return {
    width: whole.width,
    height: whole.height,
    answer,
    preview: (at) => preview(at, whole),
    explain: async (question, _label, context) => {
      const { value, evidence } = await find(question, context);
      const found = { value: value.data, evidence: evidence?.data };
      const own = strengthened(constants, question.strength);
      return explain(question, whole, encoding, found, own);
    },
  };
}

/** Clicks pull more, count for more as examples, and find the background less firm. */
function strengthened(constants: ColourConstants, strength = 1): ColourConstants {
  if (strength === 1) return constants;
  const { clickPull, clickExample, backgroundPrior } = constants;
  return {
    ...constants,
    clickPull: clickPull * strength,
    clickExample: clickExample * strength,
    backgroundPrior: backgroundPrior / strength,
  };
}

/** Put a band's things, `[things, count]`, and the background they leave into `[labels, pixels]`. */
function addBand(
  probabilities: Float32Array,
  things: TensorData,
  from: number,
  count: number,
  pixels: number,
): void {
  for (let i = 0; i < count; i++) {
    let left = 1;
    for (let thing = 0; thing * count < things.length; thing++) {
      const value = things[thing * count + i];
      probabilities[(thing + 1) * pixels + from + i] = value;
      left -= value;
    }
    probabilities[from + i] = Math.max(0, left);
  }
}

function inferenceGraphs(labels: number, { units, bands }: ColourEncoding): Map<number, Graph> {
  const sizes = new Set(bands.map(({ count }: Band) => count));
  return new Map(
    [...sizes].map((count) => [
      count,
      inferenceGraph(count, units.width * units.height, labels - 1),
    ]),
  );
}
