/**
 * From what was said to a distribution over labels for every unit: values
 * spread from neighbour to neighbour; what the units then look like teaches
 * the appearance mixture; its evidence joins in, and values spread again.
 */

import type { Graph } from "../../graph/graph.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Context } from "../model.ts";
import { evidenceGraph } from "./appearance.ts";
import type { ColourConstants } from "./constants.ts";
import type { ColourEncoding } from "./encode.ts";
import type { Pulls } from "./pulls.ts";
import { roundGraph } from "./walk.ts";

/** The graphs of one picture and number of labels. */
export interface PropagationGraphs {
  readonly spread: Graph;
  readonly spreadToEdges: Graph;
  readonly evidence: Graph;
}

export function propagationGraphs(
  labels: number,
  { units: grid, tensors }: ColourEncoding,
  constants: ColourConstants,
): PropagationGraphs {
  const units = grid.width * grid.height;
  const components = tensors.density.data.length / units;
  const round = (edges: boolean) =>
    roundGraph(labels, units, constants.neighbours, edges, constants);
  return {
    spread: round(false),
    spreadToEdges: round(true),
    evidence: evidenceGraph(units, components, labels, constants),
  };
}

/** @returns `[labels, units]`, each unit sums to one. */
export async function propagate(
  { said, examples }: Pulls,
  labels: number,
  { units: grid, tensors }: ColourEncoding,
  graphs: PropagationGraphs,
  constants: ColourConstants,
  { run, signal, progress }: Context,
): Promise<HostTensor> {
  const units = grid.width * grid.height;
  const perUnit = (data: Float32Array) => tensor({ labels, units }, data);
  const { closeness, neighbours, mass, density, members, base } = tensors;
  let solved = 0;

  async function spread(graph: Graph, from: HostTensor, pull: Float32Array): Promise<HostTensor> {
    let [value, before] = [from, from];
    for (let round = 0; round < constants.rounds; round++) {
      signal?.throwIfAborted();
      ({ value, before } = await run(graph, {
        value,
        before,
        pull: perUnit(pull),
        closeness,
        neighbours,
      }));
    }
    solved++;
    progress?.(solved / (constants.looks + 1));
    return value;
  }

  const nothingSaid = new Float32Array(labels * units).fill(1, 0, units);
  const place = await spread(
    graphs.spread,
    perUnit(nothingSaid),
    said.map((pull, i) => (i < units ? pull + constants.backgroundPrior : pull)),
  );
  let value = place;
  for (let look = 0; look < constants.looks; look++) {
    const { evidence } = await run(graphs.evidence, {
      density,
      members,
      base,
      mass,
      value,
      examples: perUnit(examples),
      place,
    });
    const pull = said.map((own, i) => own + constants.evidencePrecision * evidence.data[i]);
    value = await spread(graphs.spreadToEdges, value, pull);
  }
  return value;
}
