import { type Axis, describeAxes, ShapeError } from "../tensor/hostTensor.ts";
import type { Shape } from "./node.ts";
import { alignAxes } from "./shapes.ts";
import type { Kind } from "./vocabulary.ts";
export function alignedAxes(operation: string, shapes: readonly Shape[]): readonly Axis[] {
  return alignAxes(
    operation,
    Object.fromEntries(shapes.map((s, i) => [String.fromCharCode(97 + i), s])),
  );
}
export function axisOf(operation: string, { axes }: Shape, name: string): Axis {
  const axis = axes.find((candidate) => candidate.name === name);
  if (axis) return axis;
  throw new ShapeError(`${operation}: expected an axis "${name}", got ${describeAxes(axes)}.`);
}
export function expectKind(operation: string, shapes: readonly Shape[], kind: Kind): void {
  for (const shape of shapes)
    if (shape.kind !== kind)
      throw new TypeError(`${operation}: expected tensors of kind ${kind}, got ${shape.kind}.`);
}
export function commonKind(_: string, shapes: readonly Shape[]): Kind {
  return shapes[0].kind;
}
export function distinct(_: string, axes: readonly Axis[]): readonly Axis[] {
  return axes;
}
