/** Setting up the appearance mixture: what units look like, and where its components start. */

import type { Size } from "../../image/pixels.ts";
import { type HostTensor, type TensorData, tensor } from "../../tensor/hostTensor.ts";
import type { Context } from "../model.ts";
import { componentsGraph } from "./appearance.ts";
import type { ColourConstants } from "./constants.ts";
import { cellOf, gridOf } from "./grid.ts";
import { cellMeans, stacked } from "./tokens.ts";

/**
 * Density, members and base of `componentsGraph` for adapted units.
 *
 * @param sigmas Of what is in their context, in its order.
 */
export async function appearance(
  { keys, context, mass }: Readonly<Record<string, HostTensor>>,
  units: Size,
  sigmas: readonly number[],
  constants: ColourConstants,
  run: Context["run"],
): Promise<Readonly<Record<"density" | "members" | "base", HostTensor>>> {
  const unitCount = units.width * units.height;
  const features = featuresOf(keys.data, context.data, units, sigmas, constants);
  const grid = gridOf(units, unitCount / constants.unitsPerComponent);
  const components = grid.width * grid.height;
  const cells = cellOf(units, grid);
  const first = features.map((feature) => cellMeans(feature, cells, components));
  const { density, members, base } = await run(
    componentsGraph(unitCount, components, features.length, constants),
    {
      features: tensor({ features: features.length, units: unitCount }, stacked(features)),
      mass,
      components: tensor({ features: features.length, components }, stacked(first)),
    },
  );
  return { density, members, base };
}

/** Each feature of the units, in its standard deviations, so that one unit of distance is one sigma. */
function featuresOf(
  keys: TensorData,
  context: TensorData,
  { width, height }: Size,
  contextSigmas: readonly number[],
  { appearanceSigma: { colour, position } }: ColourConstants,
): readonly Float32Array[] {
  const place = Math.max(width, height) * position;
  const scaled = (planes: TensorData, sigmas: readonly number[]) =>
    sigmas.map((s, i) => {
      const plane = planes.subarray(i * width * height, (i + 1) * width * height);
      return Float32Array.from(plane, (value) => value / s);
    });
  return [
    ...scaled(keys, [colour, colour, colour, place, place]),
    ...scaled(context, contextSigmas),
  ];
}
