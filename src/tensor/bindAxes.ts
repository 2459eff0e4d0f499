import { type Axis, describeAxes, ShapeError } from "./hostTensor.ts";

/** Anything with named axes: a HostTensor, or a node of a graph. */
export interface HasAxes {
  readonly axes: readonly Axis[];
}

/**
 * Check that every tensor has the axes its operation is about, and that tensors agree on the size
 * of every axis they share by name, listed or not. Axes that are not listed are batch axes: they
 * pass through the operation by name.
 *
 *     const size = bindAxes("responsibilities", { query, key }, {
 *       query: ["queries", "channels"],
 *       key: ["keys", "channels"],
 *     }); // size.queries, size.keys, size.channels
 *
 * @param operation Who is asking, as its caller knows it; the error begins with it.
 * @returns The sizes of the listed axes, by name.
 * @throws {ShapeError} Naming the operation, the axis and both tensors.
 */
export function bindAxes<
  Name extends string,
  const Axes extends Readonly<Record<Name, readonly string[]>>,
>(
  operation: string,
  tensors: Readonly<Record<Name, HasAxes>>,
  axes: Axes,
): Record<Axes[Name][number], number> {
  const sizes = new Map<string, { size: number; owner: string }>();
  for (const owner of Object.keys(tensors) as Name[]) {
    const tensor = tensors[owner];
    for (const name of axes[owner]) {
      if (tensor.axes.some((axis) => axis.name === name)) continue;
      throw new ShapeError(
        `${operation}: ${owner} has no axis "${name}", only ${describeAxes(tensor.axes)}.`,
      );
    }
    for (const { name, size } of tensor.axes) {
      const known = sizes.get(name);
      if (known === undefined) {
        sizes.set(name, { size, owner });
      } else if (known.size !== size) {
        throw new ShapeError(
          `${operation}: axis "${name}" is ${known.size} in ${known.owner} but ${size} in ${owner}.`,
        );
      }
    }
  }
  const listed = (Object.values(axes) as (readonly string[])[]).flat();
  // Every listed axis was found in its tensor above, so every entry has a size.
  return Object.fromEntries(listed.map((name) => [name, sizes.get(name)?.size])) as Record<
    Axes[Name][number],
    number
  >;
}
