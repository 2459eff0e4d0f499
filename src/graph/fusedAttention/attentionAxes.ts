/** What the axes of attention mean, and the shape rules of its three operations. */

import type { HasAxes } from "../../tensor/bindAxes.ts";
import { type Axis, describeAxes, ShapeError } from "../../tensor/hostTensor.ts";
import type { AttentionAxes } from "../attributes.ts";
import { alignAxes, checkDistinct, hasAxis, placeOf } from "../shapes.ts";

/** Every axis in its part. All but `rows`, `keys` and `channels` are batch axes or columns. */
export interface AttentionRoles {
  /** Axes of query and key that weights are computed for one by one. */
  readonly batch: readonly Axis[];
  readonly rows: Axis;
  readonly keys: Axis;
  readonly channels: Axis;
  /** Axes of what is weighed that the weights do not have. */
  readonly columns: readonly Axis[];
}

/** What the weights are applied to: along `keys` (a value), or along `rows` in the adjoint. */
export interface Weighed {
  readonly role: string;
  readonly tensor: HasAxes;
  readonly along: "rows" | "keys";
}

/**
 * @throws {ShapeError} When an axis is missing, where it should not be, or of two sizes.
 */
export function attentionRoles(
  operation: string,
  query: HasAxes,
  key: HasAxes,
  axes: AttentionAxes,
  weighed?: Weighed,
): AttentionRoles {
  const { rows, keys, channels } = axes;
  checkDistinct(operation, [rows, keys, channels]);
  for (const name of [rows, channels]) placeOf(operation, query, name);
  for (const name of [keys, channels]) placeOf(operation, key, name);
  checkAbsent(operation, "the query", query, keys);
  checkAbsent(operation, "the key", key, rows);
  const all = alignAxes(operation, { query, key });
  const named = (name: string): Axis => all[placeOf(operation, { axes: all }, name)];
  const batch = all.filter(({ name }) => name !== rows && name !== keys && name !== channels);
  return {
    batch,
    rows: named(rows),
    keys: named(keys),
    channels: named(channels),
    columns: weighed === undefined ? [] : columnsOf(operation, all, batch, axes, weighed),
  };
}

function columnsOf(
  operation: string,
  all: readonly Axis[],
  batch: readonly Axis[],
  axes: AttentionAxes,
  { role, tensor, along }: Weighed,
): readonly Axis[] {
  placeOf(operation, tensor, axes[along]);
  checkAbsent(operation, `the ${role}`, tensor, axes[along === "keys" ? "rows" : "keys"]);
  // The channels are summed over in the weights, so a tensor may have an axis of that name as well.
  const shared = tensor.axes.filter(({ name }) => name !== axes.channels);
  alignAxes(operation, { weights: { axes: all }, [role]: { axes: shared } });
  return tensor.axes.filter(({ name }) => name !== axes[along] && !hasAxis({ axes: batch }, name));
}

function checkAbsent(operation: string, role: string, { axes }: HasAxes, name: string): void {
  if (axes.every((axis) => axis.name !== name)) return;
  throw new ShapeError(
    `${operation}: expected no axis "${name}" in ${role}, got ${describeAxes(axes)}. ` +
      `rename() gives an axis another name.`,
  );
}
