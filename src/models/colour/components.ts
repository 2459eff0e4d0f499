/** Setting up the appearance mixture: what units look like, and where its components start. */

import type { Size } from "../../image/pixels.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Context } from "../model.ts";
import { componentsGraph } from "./appearance.ts";
import type { ColourConstants } from "./constants.ts";
import { cellOf, gridOf } from "./grid.ts";

/** Density, members and base of `componentsGraph` for adapted units. */
export async function appearance(
  { keys, context, mass }: Readonly<Record<string, HostTensor>>,
  units: Size,
  constants: ColourConstants,
  run: Context["run"],
): Promise<Readonly<Record<"density" | "members" | "base", HostTensor>>> {
  const unitCount = units.width * units.height;
  const features = featuresOf(keys.data, context.data, units, constants);
  const width = features.length / unitCount;
  const grid = gridOf(units, unitCount / constants.unitsPerComponent);
  const components = grid.width * grid.height;
  const { density, members, base } = await run(
    componentsGraph(unitCount, components, width, constants),
    {
      features: tensor({ units: unitCount, features: width }, features),
      mass,
      components: tensor(
        { components, features: width },
        meansOf(features, width, cellOf(units, grid), components),
      ),
    },
  );
  return { density, members, base };
}

/** `[units, features]`, each in its standard deviation, so that one unit of distance is one sigma. */
function featuresOf(
  keys: ArrayLike<number>,
  context: ArrayLike<number>,
  units: Size,
  { appearanceSigma: sigma }: ColourConstants,
): Float32Array {
  const longer = Math.max(units.width, units.height);
  const three = (s: number) => [s, s, s];
  const keySigmas = [...three(sigma.colour), longer * sigma.position, longer * sigma.position];
  const contextSigmas = [...three(sigma.local), ...three(sigma.wide), sigma.texture];
  const width = keySigmas.length + contextSigmas.length;
  const features = new Float32Array(units.width * units.height * width);
  for (let unit = 0; unit < units.width * units.height; unit++) {
    keySigmas.forEach((s, c) => {
      features[unit * width + c] = keys[unit * keySigmas.length + c] / s;
    });
    contextSigmas.forEach((s, c) => {
      features[unit * width + keySigmas.length + c] = context[unit * contextSigmas.length + c] / s;
    });
  }
  return features;
}

/** Mean of the rows in each cell, `[cells, width]`. */
function meansOf(
  rows: Float32Array,
  width: number,
  cells: Int32Array,
  count: number,
): Float32Array {
  const means = new Float32Array(count * width);
  const members = new Float32Array(count);
  cells.forEach((cell, i) => {
    members[cell]++;
    for (let c = 0; c < width; c++) means[cell * width + c] += rows[i * width + c];
  });
  return means.map((total, i) => total / Math.max(1, members[Math.floor(i / width)]));
}
