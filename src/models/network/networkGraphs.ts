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
   * `start` where the configuration takes one, and from `strength` where it is asked for.
   */
  answering(size: Size, features: Features, clicks: number, hasStrength?: boolean): Graph;
  /** From the same to `shares`, `[batch, sources, height, width]`, for networks that can tell. */
  readonly explaining?: NetworkGraphs["answering"];
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
  const from =
    (name: string, make: Network["answer"]): NetworkGraphs["answering"] =>
    (size, features, clicks, hasStrength = false) => {
      const known = Object.entries(features).map(([own, { axes }]): [string, Node] => [
        own,
        input(own, Object.fromEntries(axes.map(({ name: axis, size: sides }) => [axis, sides]))),
      ]);
      const list = (of: string): Node => input(of, { batch: 1, clicks });
      const start = configuration.interaction.takesStart
        ? input("start", { batch: 1, ...gridSizes(net, size) })
        : undefined;
      const told = {
        row: list("row"),
        column: list("column"),
        says: list("says"),
        weight: list("weight"),
        start,
        strength: hasStrength ? input("strength", {}) : undefined,
      };
      return graph({ [name]: make(weights, Object.fromEntries(known), told, "inference") });
    };
  return {
    network: net,
    seeing: ({ width, height }) => {
      const image = input("image", { batch: 1, channels: 3, height, width });
      const features = net.encode(weights, image, "inference");
      return { encode: graph(features), features };
    },
    answering: from("logits", net.answer),
    ...(net.explain && { explaining: from("shares", net.explain) }),
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
  const explaining = graphs.explaining && remembered(graphs.explaining);
  const key = ({ width, height }: Size, clicks: number, hasStrength = false): string =>
    `${width}×${height}, ${clicks}, ${hasStrength}`;
  return {
    network: graphs.network,
    seeing: (size) => seeing(`${size.width}×${size.height}`, size),
    answering: (size, features, clicks, hasStrength) =>
      answering(key(size, clicks, hasStrength), size, features, clicks, hasStrength),
    ...(explaining && {
      explaining: (size, features, clicks, hasStrength) =>
        explaining(key(size, clicks, hasStrength), size, features, clicks, hasStrength),
    }),
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
