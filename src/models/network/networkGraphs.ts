/** The two graphs of a network with its weights inside: what it sees, and what it answers. */

import { type Graph, graph } from "../../graph/graph.ts";
import type { Node } from "../../graph/node.ts";
import { constant } from "../../graph/operations/constant.ts";
import { input } from "../../graph/operations/input.ts";
import type { Size } from "../../image/pixels.ts";
import { parameterNodes } from "../../nn/parameters.ts";
import type { HostTensor } from "../../tensor/hostTensor.ts";
import type { NetworkConfiguration } from "./configuration.ts";
import { type Features, type Network, network } from "./network.ts";

/** By path, one for every parameter. */
export type Numbers = Readonly<Record<string, HostTensor>>;

interface Seeing {
  /** From `image`, `[batch, channels, height, width]` in 0 … 1, to features by name. */
  readonly encode: Graph;
  /** The axes of what was seen. */
  readonly features: Features;
}

export interface NetworkGraphs {
  readonly network: Network;
  seeing(size: Size): Seeing;
  /**
   * From features and the lists of `ClickInputs`, so long, to `logits`, `[batch, height, width]`; also from
   * `start` where the configuration takes one.
   */
  answering(size: Size, features: Features, clicks: number): Graph;
}

/** The least length of a list of clicks: more than most objects take, and hardly slower than 8. */
export const SHORTEST_LIST = 32;

/**
 * @throws {ReferenceError} When numbers are missing.
 */
export function networkGraphs(
  configuration: NetworkConfiguration,
  numbers: Numbers,
): NetworkGraphs {
  const net = network(configuration);
  const weights = parameterNodes(net.parameters, (path) => constant(numberOf(numbers, path)));
  return {
    network: net,
    seeing: ({ width, height }) => {
      const image = input("image", { batch: 1, channels: 3, height, width });
      const features = net.encode(weights, image, "inference");
      return { encode: graph(features), features };
    },
    answering: (size, features, clicks) => {
      const known = Object.entries(features).map(([name, { axes }]): [string, Node] => [
        name,
        input(name, Object.fromEntries(axes.map(({ name: axis, size: own }) => [axis, own]))),
      ]);
      const list = (name: string): Node => input(name, { batch: 1, clicks });
      const start = configuration.interaction.takesStart
        ? input("start", { batch: 1, ...gridSizes(net, size) })
        : undefined;
      const told = {
        row: list("row"),
        column: list("column"),
        says: list("says"),
        weight: list("weight"),
        start,
      };
      return graph({ logits: net.answer(weights, Object.fromEntries(known), told, "inference") });
    },
  };
}

function numberOf(numbers: Numbers, path: string): HostTensor {
  if (Object.hasOwn(numbers, path)) return numbers[path];
  throw new ReferenceError(
    `networkGraphs: expected numbers for "${path}", got none. Load them from the network's file, or initialise().`,
  );
}

/** The sides of an answer. */
export function gridSizes(
  { stride }: Network,
  { width, height }: Size,
): { readonly height: number; readonly width: number } {
  return { height: height / stride, width: width / stride };
}

/** Graphs by size of the image that is looked at; each is made once. */
export function rememberedGraphs(
  configuration: NetworkConfiguration,
  numbers: Numbers,
): NetworkGraphs {
  const graphs = networkGraphs(configuration, numbers);
  const seeing = remembered(graphs.seeing);
  const answering = remembered(graphs.answering);
  return {
    network: graphs.network,
    seeing: (size) => seeing(`${size.width}×${size.height}`, size),
    answering: (size, features, clicks) =>
      answering(`${size.width}×${size.height}, ${clicks}`, size, features, clicks),
  };
}

function remembered<Arguments extends readonly unknown[], Result>(
  make: (...given: Arguments) => Result,
): (key: string, ...given: Arguments) => Result {
  const made = new Map<string, Result>();
  return (key, ...given) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const result = make(...given);
    made.set(key, result);
    return result;
  };
}
