import { describeAxes, ShapeError } from "../tensor/hostTensor.ts";
import type { Node, NodeOf, Shape } from "./node.ts";
import { simplify } from "./simplify.ts";

/**
 * A computation as a value: the tensors that are wanted, and everything they are made of, once
 * each, in an order in which they can be computed.
 */
export interface Graph {
  readonly outputs: Readonly<Record<string, Node>>;
  /** The inputs that some output depends on, by name. */
  readonly inputs: Readonly<Record<string, NodeOf<"input">>>;
  /** Every node after its inputs. */
  readonly order: readonly Node[];
}

/**
 * The graph of everything the outputs depend on, and nothing else. Expressions that are written
 * twice, with the same inputs and attributes, are computed once; what changes nothing is left out.
 *
 * @throws {ShapeError} When two inputs of the same name differ in axes or kind.
 */
export function graph(outputs: Readonly<Record<string, Node>>): Graph {
  const { standIn } = shareExpressions(Object.values(outputs), simplify);
  const wanted = Object.entries(outputs).map(([name, node]) => [name, standIn.get(node) ?? node]);
  const kept = Object.fromEntries(wanted) as Graph["outputs"];
  // What only led to something simpler is not asked for any more.
  const { order } = shareExpressions(Object.values(kept));
  return { outputs: kept, inputs: inputsOf(order), order };
}

function inputsOf(order: readonly Node[]): Graph["inputs"] {
  const inputs = new Map<string, NodeOf<"input">>();
  for (const node of order) {
    if (node.operation !== "input") continue;
    const { name } = node.attributes;
    const known = inputs.get(name);
    if (known !== undefined) {
      throw new ShapeError(
        `graph: input "${name}" is ${describe(known)} in one place and ${describe(node)} in ` +
          `another. Give different inputs different names.`,
      );
    }
    inputs.set(name, node);
  }
  return Object.fromEntries(inputs);
}

function describe({ kind, axes }: Shape): string {
  return `${kind} ${describeAxes(axes)}`;
}

/**
 * Everything the wanted nodes depend on, once for everything that says the same.
 *
 * @param rewrite What to put in the place of a node, given that its inputs are done.
 * @returns The nodes that are left, each after its inputs; and for every node met, the one that
 *   stands for it.
 */
export function shareExpressions(
  wanted: readonly Node[],
  rewrite: (node: Node) => Node = (node) => node,
): {
  order: readonly Node[];
  standIn: ReadonlyMap<Node, Node>;
} {
  const order: Node[] = [];
  const standIn = new Map<Node, Node>();
  const byWords = new Map<string, Node>();
  const numberOf = numbering();
  // With a stack of its own rather than by recursion: graphs can be deep.
  const stack = [...wanted];
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    const missing = standIn.has(node) ? [] : node.inputs.filter((input) => !standIn.has(input));
    if (missing.length > 0) {
      stack.push(...missing);
      continue;
    }
    stack.pop();
    if (standIn.has(node)) continue;
    const inputs = node.inputs.map((input) => standIn.get(input) ?? input);
    const unchanged = inputs.every((input, i) => input === node.inputs[i]);
    const own = rewrite(unchanged ? node : { ...node, inputs });
    const words = `${own.operation}(${own.inputs.map(numberOf)}) ${inWords(own.attributes, numberOf)}`;
    const shared = byWords.get(words) ?? own;
    if (shared === own && !byWords.has(words)) {
      byWords.set(words, own);
      order.push(own);
    }
    standIn.set(node, shared);
  }
  return { order, standIn };
}

/** Attributes as text: equal when they say the same. */
function inWords(attributes: Node["attributes"], numberOf: (thing: unknown) => number): string {
  return JSON.stringify(attributes, (_, value: unknown) => {
    // JSON knows neither −0 nor infinities. Of long arrays, only an array itself is the same.
    if (typeof value === "number") return Object.is(value, -0) ? "-0" : `${value}`;
    if (!ArrayBuffer.isView(value)) return value;
    return value.byteLength <= 8 ? Array.from(value as Float64Array) : `array ${numberOf(value)}`;
  });
}

/** Numbers things in the order in which it first meets them. */
function numbering(): (thing: unknown) => number {
  const numbers = new Map<unknown, number>();
  return (thing) => {
    const known = numbers.get(thing);
    if (known !== undefined) return known;
    numbers.set(thing, numbers.size);
    return numbers.size - 1;
  };
}
