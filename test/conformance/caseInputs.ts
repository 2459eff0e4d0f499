import type { StoredTensor } from "../../src/formats/index.ts";
import { input, type Node } from "../../src/graph/index.ts";
import { type HostTensor, type Sizes, tensor } from "../../src/tensor/index.ts";
import type { Case, Pack } from "./pack.ts";

/** Something in a pack that we do not do; counted, and never passed over in silence. */
export class NotSupported extends Error {
  override readonly name = "NotSupported";
}

/** What the axes of an input are called, given how many it has. */
export type AxisNames = (rank: number) => readonly string[];

/** Exactly these axes. */
export function exactly(...names: readonly string[]): AxisNames {
  return () => names;
}

/** These axes, or fewer of them from the right, as NumPy broadcasts. */
export function fromTheRight(...names: readonly string[]): AxisNames {
  return (rank) => names.slice(Math.max(0, names.length - rank));
}

/** The inputs of one case as nodes with named axes, and their numbers. */
export interface CaseInputs {
  /** The input of this name, if the case has it. */
  get(name: string): Node | undefined;
  /** The input of this name. */
  need(name: string): Node;
  /** The stored tensor behind an input. */
  stored(name: string): StoredTensor;
  /** A further input, made from those of the case. */
  add(name: string, value: HostTensor): Node;
  /** The numbers of all inputs handed out. */
  readonly values: Readonly<Record<string, HostTensor>>;
}

/**
 * @param axes Every input this kind of case may have. Axes of size 1 are dropped where the input is
 *   one that broadcasts, listed in `broadcasts`.
 * @throws {NotSupported} When the case has an input that is not listed: leaving it out would answer
 *   another question.
 */
export function caseInputs(
  pack: Pack,
  testCase: Case,
  axes: Readonly<Record<string, AxisNames>>,
  broadcasts: readonly string[],
): CaseInputs {
  for (const name of Object.keys(testCase.inputs)) {
    if (!Object.hasOwn(axes, name)) throw new NotSupported(`input "${name}" of ${testCase.kind}`);
  }
  const nodes = new Map<string, Node>();
  const values: Record<string, HostTensor> = {};
  const add = (name: string, value: HostTensor): Node => {
    const known = nodes.get(name);
    if (known !== undefined) return known;
    const sizes = Object.fromEntries(value.axes.map((axis) => [axis.name, axis.size]));
    const node = input(name, sizes, kindOf(value));
    nodes.set(name, node);
    values[name] = value;
    return node;
  };
  const stored = (name: string): StoredTensor => pack.tensor(testCase, testCase.inputs[name]);
  const get = (name: string): Node | undefined => {
    if (!Object.hasOwn(testCase.inputs, name)) return undefined;
    const { shape, data } = stored(name);
    const names = axes[name](shape.length);
    if (names.length !== shape.length) {
      throw new NotSupported(`input "${name}" of ${testCase.kind} with ${shape.length} axes`);
    }
    return add(name, tensor(sizesOf(names, shape, broadcasts.includes(name)), data));
  };
  const need = (name: string): Node => {
    const node = get(name);
    if (node === undefined)
      throw new Error(`${testCase.id}: expected an input "${name}", got none.`);
    return node;
  };
  return { get, need, stored, add, values };
}

function sizesOf(names: readonly string[], shape: readonly number[], broadcasts: boolean): Sizes {
  const entries = names.map((name, axis) => [name, shape[axis]] as const);
  return Object.fromEntries(broadcasts ? entries.filter(([, size]) => size !== 1) : entries);
}

function kindOf({ dtype }: HostTensor): "float" | "int" | "bool" {
  if (dtype === "bool") return "bool";
  return dtype === "int32" ? "int" : "float";
}
