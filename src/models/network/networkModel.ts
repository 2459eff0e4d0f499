/**
 * A network with its weights as a model: it looks at a picture once, at its working size, and
 * answers every set of prompts from what it saw.
 */

import type { Label } from "../../clicks/prompts.ts";
import type { Graph } from "../../graph/graph.ts";
import { colourPlanes } from "../../image/colourPlanes.ts";
import type { PixelPoint, Plane, Size } from "../../image/pixels.ts";
import { resizePicture } from "../../image/resize.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Explanation } from "../explanation.ts";
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
import { likenessPrecisions, previewAt } from "./preview.ts";
import { isAskedFor, pointsOf, startOf, type ToldPoint } from "./told.ts";

/**
 * @param numbers For every parameter of the network, by path.
 * @throws {ReferenceError} When numbers are missing.
 */
export function networkModel(configuration: NetworkConfiguration, numbers: Numbers): Model {
  const graphs = rememberedGraphs(configuration, numbers);
  const precisions = likenessPrecisions(numbers);
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
      const asked = (question: Question) =>
        askedOf({ question, whole: picture, working: size, seen, features, graphs });
      return {
        width: picture.width,
        height: picture.height,
        answer: (question, own) => answerFrom(asked(question), own),
        ...(seen["deepAlike"] && {
          preview: (at: PixelPoint) => previewAt(at, picture, seen, precisions),
        }),
        ...(graphs.explaining && {
          explain: (question: Question, label: Label, own: Context) =>
            explanationFrom(asked(question), label, own),
        }),
      } satisfies Encoding;
    },
  };
}

/** A question, as the graphs hear it. */
interface Asked {
  readonly question: Question;
  readonly whole: Size;
  readonly working: Size;
  readonly seen: Numbers;
  readonly features: Features;
  readonly graphs: NetworkGraphs;
  readonly points: readonly ToldPoint[];
}

function askedOf(about: Omit<Asked, "points">): Asked {
  return { ...about, points: pointsOf(about.question, about.whole, about.working) };
}

/** A graph of `answering` or `explaining` for a question. */
function graphFor(make: NetworkGraphs["answering"], asked: Asked): Graph {
  const { working, features, points, question } = asked;
  return make(working, features, listLength(points.length), question.strength !== undefined);
}

/** What such a graph is given for one label. */
function inputsFor(
  { question, working, seen, graphs, points }: Asked,
  { inputs }: Graph,
  label: number,
): Numbers {
  const grid = gridSizes(graphs.network, working);
  const { labels, strength = 1 } = question;
  return {
    ...seen,
    ...listsOf(points, labels[label]),
    ...(inputs["start"] && {
      start: tensor({ batch: 1, ...grid }, startOf(question, label, grid).data),
    }),
    ...(inputs["strength"] && { strength: tensor({}, Float32Array.of(strength)) }),
  };
}

async function answerFrom(asked: Asked, { run, progress, signal }: Context) {
  const { question, whole, working, graphs, points } = asked;
  const answering = graphFor(graphs.answering, asked);
  const grid = gridSizes(graphs.network, working);
  const { labels } = question;
  const logits: (Plane | undefined)[] = [];
  for (let label = 1; label < labels.length; label++) {
    signal?.throwIfAborted();
    if (!isAskedFor(question, label, points)) {
      logits.push(undefined);
      continue;
    }
    const answer = await run(answering, inputsFor(asked, answering, label));
    logits.push({ ...grid, data: Float32Array.from(answer["logits"].data) });
    progress?.(label / (labels.length - 1));
  }
  return beliefFromLogits(whole, labels, logits);
}

async function explanationFrom(
  asked: Asked,
  label: Label,
  { run, progress }: Context,
): Promise<Explanation> {
  const { question, graphs, points } = asked;
  if (!graphs.explaining) throw new RangeError("explain: expected a network that can tell.");
  const explaining = graphFor(graphs.explaining, asked);
  const index = question.labels.indexOf(label);
  const { shares } = await run(explaining, inputsFor(asked, explaining, index));
  progress?.(1);
  const [height, width] = ["height", "width"].map((side) => sizeOfAxis(shares, side));
  return explanationOf(points, { width, height, data: Float32Array.from(shares.data) });
}

/** One source for each prompt, however many points it was told by. */
function explanationOf(points: readonly ToldPoint[], { width, height, data }: Plane): Explanation {
  const prompts = [...new Set(points.map(({ prompt }) => prompt))];
  const pixels = width * height;
  const shares = new Float32Array((1 + prompts.length) * pixels);
  shares.set(data.subarray(0, pixels));
  points.forEach(({ prompt }, point) => {
    const start = (1 + prompts.indexOf(prompt)) * pixels;
    for (let at = 0; at < pixels; at++) shares[start + at] += data[(1 + point) * pixels + at];
  });
  const sources = prompts.map((prompt) => ({ kind: "prompt", prompt }) as const);
  return { width, height, sources: [{ kind: "model" }, ...sources], shares };
}

function sizeOfAxis({ axes }: HostTensor, name: string): number {
  return axes.find((axis) => axis.name === name)?.size ?? 1;
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
