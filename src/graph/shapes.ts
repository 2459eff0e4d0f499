/** What the shape rules of operations are made of. Errors begin with the operation's name. */

import type { HasAxes } from "../tensor/bindAxes.ts";
import { type Axis, describeAxes, ShapeError } from "../tensor/hostTensor.ts";
import type { Shape } from "./node.ts";
import type { Kind } from "./vocabulary.ts";

/**
 * All axes of all tensors, aligned by name: those of the first in their order, then those that the
 * next one adds, and so on. A tensor that lacks an axis is repeated along it.
 *
 * @throws {ShapeError} When tensors disagree on the size of an axis.
 */
export function alignAxes(
  operation: string,
  tensors: Readonly<Record<string, HasAxes>>,
): readonly Axis[] {
  let aligned: readonly Axis[] | undefined;
  for (const owner in tensors) {
    const { axes } = tensors[owner];
    if (aligned === undefined) aligned = axes;
    else if (aligned !== axes) aligned = addAxes(operation, tensors, aligned, owner);
  }
  return aligned ?? [];
}

function addAxes(
  operation: string,
  tensors: Readonly<Record<string, HasAxes>>,
  aligned: readonly Axis[],
  owner: string,
): readonly Axis[] {
  const all = [...aligned];
  for (const axis of tensors[owner].axes) {
    const known = aligned.find(({ name }) => name === axis.name);
    if (known === undefined) {
      all.push(axis);
    } else if (known.size !== axis.size) {
      const first = Object.keys(tensors).find((name) => hasAxis(tensors[name], axis.name));
      throw new ShapeError(
        `${operation}: axis "${axis.name}" is ${known.size} in ${first} but ${axis.size} in ` +
          `${owner}. If these are different axes, rename one of them first.`,
      );
    }
  }
  return all.length === aligned.length ? aligned : all;
}

export function hasAxis({ axes }: HasAxes, name: string): boolean {
  return axes.some((axis) => axis.name === name);
}

/**
 * Where an axis stands among the axes of `x`.
 *
 * @throws {ShapeError} When it is not there.
 */
export function placeOf(operation: string, x: HasAxes, name: string): number {
  const place = x.axes.findIndex((axis) => axis.name === name);
  if (place === -1) {
    throw new ShapeError(
      `${operation}: expected an axis "${name}" in the input, got ${describeAxes(x.axes)}. ` +
        `rename() gives an axis another name.`,
    );
  }
  return place;
}

/**
 * Check names of axes that must all be there, once each.
 *
 * @throws {ShapeError} When one is missing or named twice.
 */
export function checkAxes(operation: string, x: HasAxes, names: readonly string[]): void {
  for (const name of names) placeOf(operation, x, name);
  checkNamedOnce(operation, names);
}

/** @throws {ShapeError} When a list of axes names one twice. */
export function checkNamedOnce(operation: string, names: readonly string[]): void {
  if (new Set(names).size < names.length) {
    throw new ShapeError(
      `${operation}: expected every axis to be named once, got [${names.join(", ")}].`,
    );
  }
}

/** Where the named axes stand, in their order. */
export function placesOf(axes: readonly Axis[], names: readonly string[]): number[] {
  return axes.flatMap(({ name }, place) => (names.includes(name) ? place : []));
}

/** @throws {ShapeError} When two axes have the same name. */
export function checkDistinct(operation: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new ShapeError(
      `${operation}: axis "${twice}" would be there twice in [${names.join(", ")}]. ` +
        `Give every axis a name of its own.`,
    );
  }
}

/**
 * The kind all inputs share.
 *
 * @throws {TypeError} When they differ, or are not among the kinds the operation is for.
 */
export function commonKind(
  operation: string,
  inputs: readonly Shape[],
  allowed: readonly Kind[],
): Kind {
  const { kind } = inputs[0];
  if (!allowed.includes(kind) || inputs.some((input) => input.kind !== kind)) {
    const came = inputs.map((input) => input.kind).join(" and ");
    const together = inputs.length > 1 ? ", all of one kind" : "";
    throw new TypeError(
      `${operation}: expected ${allowed.join(" or ")}${together}, got ${came}. ` +
        HOW_TO_MAKE[allowed[0]],
    );
  }
  return kind;
}

/** @throws {TypeError} When an input is not of the kind the operation needs there. */
export function checkKind(operation: string, role: string, input: Shape, kind: Kind): void {
  if (input.kind !== kind) {
    throw new TypeError(
      `${operation}: expected ${role} to be ${kind}, got ${input.kind}. ${HOW_TO_MAKE[kind]}`,
    );
  }
}

const HOW_TO_MAKE: Readonly<Record<Kind, string>> = {
  float: "Turn ints and bools into floats with toFloat().",
  int: 'Ints come in as tensors of dtype "int32".',
  bool: "Compare with equal(), less() or lessOrEqual().",
};

/** A tensor seen as `[outer, size, inner]` around one axis. */
export interface Around {
  /** How many times the axis is run through; the product of the axes before it. */
  readonly outer: number;
  readonly size: number;
  /** How far apart neighbours along the axis lie; the product of the axes after it. */
  readonly inner: number;
}

export function around(axes: readonly Axis[], name: string): Around {
  let outer = 1;
  let size = 1;
  let inner = 1;
  let found = false;
  for (const axis of axes) {
    if (axis.name === name) {
      found = true;
      size = axis.size;
    } else if (found) inner *= axis.size;
    else outer *= axis.size;
  }
  return { outer, size, inner };
}
