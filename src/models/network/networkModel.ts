/**
 * A network with its weights as a model: it looks at a picture once, at its working size, and
 * answers every set of prompts from what it saw.
 */

import { colourPlanes } from "../../image/colourPlanes.ts";
import type { Plane, Size } from "../../image/pixels.ts";
import { resizePicture } from "../../image/resize.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Context, Encoding, Model, Question } from "../model.ts";
import { workingSize } from "../workingSize.ts";
import { beliefFromLogits } from "./beliefFromLogits.ts";
import type { NetworkConfiguration } from "./configuration.ts";
import type { Features } from "./network.ts";
import {
  gridSizes,
  type NetworkGraphs,
  type Numbers,
  rememberedGraphs,
  SHORTEST_LIST,
} from "./networkGraphs.ts";
import { isAskedFor, pointsOf, startOf, type ToldPoint } from "./told.ts";

/**
 * @param numbers For every parameter of the network, by path.
 * @throws {ReferenceError} When numbers are missing.
 */
export function networkModel(configuration: NetworkConfiguration, numbers: Numbers): Model {
  const graphs = rememberedGraphs(configuration, numbers);
  return {
    name: configuration.name,
    encode: async (picture, context) => {
      context.signal?.throwIfAborted();
      context.progress?.(0);
      const size = workingSize(picture, configuration.side);
      const planes = colourPlanes(resizePicture(picture, size));
      const { width, height } = size;
      const image = tensor({ batch: 1, channels: 3, height, width }, planes);
      const { encode, features } = graphs.seeing(size);
      const seen = await context.run(encode, { image });
      context.progress?.(1);
      const answer = (question: Question, own: Context) =>
        answerFrom({ question, whole: picture, working: size, seen, features, graphs }, own);
      return { width: picture.width, height: picture.height, answer } satisfies Encoding;
    },
  };
}

interface Asked {
  readonly question: Question;
  readonly whole: Size;
  readonly working: Size;
  readonly seen: Numbers;
  readonly features: Features;
  readonly graphs: NetworkGraphs;
}

async function answerFrom(
  { question, whole, working, seen, features, graphs }: Asked,
  { run, progress, signal }: Context,
) {
  const points = pointsOf(question, whole, working);
  const answering = graphs.answering(working, features, listLength(points.length));
  const grid = gridSizes(graphs.network, working);
  const { labels } = question;
  const logits: (Plane | undefined)[] = [];
  for (let label = 1; label < labels.length; label++) {
    signal?.throwIfAborted();
    if (!isAskedFor(question, label, points)) {
      logits.push(undefined);
      continue;
    }
    const { data } = startOf(question, label, grid);
    const answer = await run(answering, {
      ...seen,
      ...listsOf(points, labels[label]),
      ...(answering.inputs["start"] && { start: tensor({ batch: 1, ...grid }, data) }),
    });
    logits.push({ ...grid, data: Float32Array.from(answer["logits"].data) });
    progress?.(label / (labels.length - 1));
  }
  return beliefFromLogits(whole, labels, logits);
}

/** Lists come in few lengths, powers of 2, so that a click more is rarely another graph. */
function listLength(points: number): number {
  return Math.max(SHORTEST_LIST, 2 ** Math.ceil(Math.log2(Math.max(1, points))));
}

/** The points as one label hears them: for it, or for something else. */
function listsOf(points: readonly ToldPoint[], label: string): Numbers {
  const length = listLength(points.length);
  const list = (of: (point: ToldPoint) => number): HostTensor => {
    const data = new Float32Array(length);
    points.forEach((point, i) => {
      data[i] = of(point);
    });
    return tensor({ batch: 1, clicks: length }, data);
  };
  return {
    row: list(({ row }) => row),
    column: list(({ column }) => column),
    says: list(({ says }) => (says === label ? 1 : 0)),
    weight: list(() => 1),
  };
}
