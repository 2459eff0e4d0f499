/** Everything that is known about an image before anybody has said anything. */

import { areaAveragePicture } from "../../image/areaAverage.ts";
import { type Guide, type GuideOptions, guide } from "../../image/guidedFilter.ts";
import { type LabPlanes, labPlanes } from "../../image/lab.ts";
import type { Picture, Size } from "../../image/pixels.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Context } from "../model.ts";
import { type Band, bandsOf } from "./bands.ts";
import { appearance } from "./components.ts";
import type { ColourConstants } from "./constants.ts";
import { around, cellOf, gridOf } from "./grid.ts";
import { adaptationGraph, CHANNELS } from "./localMixture.ts";
import type { LookAt } from "./looks.ts";
import { neighboursOf } from "./neighbours.ts";
import { cellMeans, stacked, tokenColours } from "./tokens.ts";
import { closenessGraph } from "./walk.ts";

export interface ColourEncoding {
  /** The picture at the size the model works on, and its colours. */
  readonly picture: Picture;
  readonly lab: LabPlanes;
  readonly units: Size;
  /** Tensors of the units, by the names graphs know them by. */
  readonly tensors: Readonly<
    Record<"mass" | "density" | "members" | "base" | "closeness" | "neighbours", HostTensor>
  >;
  readonly bands: readonly Band[];
  /** Brings the working picture's probabilities to the whole one; `undefined` where they are one. */
  readonly guide: Guide | undefined;
}

/** Reach in working pixels, and contrast, of the edges that a mask follows in a larger picture. */
const GUIDE: GuideOptions = { radius: 2, epsilon: 1e-4 };

/** Shares of the time of an encoding, for its progress. */
const TOKENS_DONE = 0.15;
const UNITS_DONE = 0.35;

export async function encodeColour(
  whole: Picture,
  lookAt: LookAt,
  constants: ColourConstants,
  { run, progress, signal }: Context,
): Promise<ColourEncoding> {
  const step = (share: number) => {
    signal?.throwIfAborted();
    progress?.(share);
  };
  step(0);
  const picture = workingPicture(whole, constants.workingSide);
  const lab = labPlanes(picture);
  const grid = gridOf(picture, constants.tokens);
  const count = grid.width * grid.height;
  const units = gridOf(grid, count / constants.tokensPerUnit);
  const unitCount = units.width * units.height;
  const looks = await lookAt({ whole, lab, grid });
  step(TOKENS_DONE);

  const { x, y, near, there } = around(grid, units, 0, count);
  const query = [...tokenColours(lab, grid).map(({ data }) => data), x, y];
  const cells = cellOf(grid, units);
  const adapted = await run(
    adaptationGraph(count, unitCount, looks.length, constants.localSteps, constants.tokenSigma),
    {
      query: tensor({ channels: CHANNELS, tokens: count }, stacked(query)),
      keys: tensor(
        { channels: CHANNELS, units: unitCount },
        stacked(query.map((channel) => cellMeans(channel, cells, unitCount))),
      ),
      near,
      there,
      context: tensor(
        { features: looks.length, tokens: count },
        stacked(looks.map(({ plane }) => plane.data)),
      ),
    },
  );
  step(UNITS_DONE);
  const { keys, mass } = adapted;
  const sigmas = looks.map(({ sigma }) => sigma);
  const appeared = await appearance(adapted, units, sigmas, constants, run);
  const { neighbours, there: listened } = neighboursOf(keys.data, units, constants.neighbours);
  const { closeness } = await run(closenessGraph(unitCount, constants.neighbours, constants), {
    keys,
    neighbours,
    there: listened,
  });
  const bands = await bandsOf(picture, lab, units, keys, constants.pixelSigma, run, (share) =>
    step(UNITS_DONE + (1 - UNITS_DONE) * share),
  );
  return {
    picture,
    lab,
    units,
    tensors: { ...appeared, mass, closeness, neighbours },
    bands,
    guide: picture === whole ? undefined : guide(whole, picture, GUIDE),
  };
}

/** Smaller where the longer side exceeds `side`, else as it is. */
function workingPicture(picture: Picture, side: number): Picture {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  return areaAveragePicture(picture, {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  });
}
