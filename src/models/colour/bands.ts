/** How the pixels of the working picture belong to units, band by band. */

import type { LabPlanes } from "../../image/lab.ts";
import type { Size } from "../../image/pixels.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Context } from "../model.ts";
import { around } from "./grid.ts";
import { CHANNELS, pixelGraph, type Sigma } from "./localMixture.ts";
import { stacked } from "./tokens.ts";

/** Pixels are worked on in bands of this many rows. */
const BAND_ROWS = 16;

/** A band of the working picture and how its pixels belong to units. */
export interface Band {
  /** First pixel and number of pixels. */
  readonly from: number;
  readonly count: number;
  /** `[near, tokens]`, one token a pixel. */
  readonly near: HostTensor;
  readonly weights: HostTensor;
}

export async function bandsOf(
  picture: Size,
  { l, a, b }: LabPlanes,
  units: Size,
  keys: HostTensor,
  sigma: Sigma,
  run: Context["run"],
  progress: (share: number) => void,
): Promise<readonly Band[]> {
  const bands: Band[] = [];
  const pixels = picture.width * picture.height;
  const full = BAND_ROWS * picture.width;
  const graphs = new Map(
    [full, pixels % full].map((count) => [
      count,
      pixelGraph(count, units.width * units.height, sigma),
    ]),
  );
  for (let from = 0; from < pixels; from += full) {
    const count = Math.min(full, pixels - from);
    const { x, y, near, there } = around(picture, units, from, from + count);
    const query = stacked([
      ...[l, a, b].map(({ data }) => data.subarray(from, from + count)),
      x,
      y,
    ]);
    const { weights } = await run(
      graphs.get(count) ?? pixelGraph(count, units.width * units.height, sigma),
      {
        query: tensor({ channels: CHANNELS, tokens: count }, query),
        keys,
        near,
        there,
      },
    );
    bands.push({ from, count, near, weights });
    progress((from + count) / pixels);
  }
  return bands;
}
