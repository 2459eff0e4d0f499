/**
 * From what was said to a distribution over labels for every unit: values
 * spread from neighbour to neighbour; what the units then look like teaches
 * the appearance mixture; its evidence joins in, and values spread again.
 */

import type { Graph } from "../../graph/graph.ts";
import { type HostTensor, type TensorData, tensor } from "../../tensor/hostTensor.ts";
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
    roundGraph(labels - 1, units, constants.neighbours, edges, constants);
  return {
    spread: round(false),
    spreadToEdges: round(true),
    evidence: evidenceGraph(units, components, labels - 1, constants),
  };
}

/** What was found. */
export interface Propagated {
  /** `[things, units]`: the value of every label but the background, which has the rest. */
  readonly value: HostTensor;
  /** `[things, units]`: what looks say in the last round; `undefined` where they were not asked. */
  readonly evidence: HostTensor | undefined;
}

export async function propagate(
  { said, examples }: Pulls,
  labels: number,
  { units: grid, tensors }: ColourEncoding,
  graphs: PropagationGraphs,
  constants: ColourConstants,
  { run, signal, progress }: Context,
): Promise<Propagated> {
  const units = grid.width * grid.height;
  const perLabel = (data: Float32Array) => tensor({ labels, units }, data);
  const { closeness, neighbours, mass, density, members, base } = tensors;
  let solved = 0;

  async function spread(graph: Graph, from: HostTensor, pull: Float32Array): Promise<HostTensor> {
    let [value, before] = [from, from];
    for (let round = 0; round < constants.rounds; round++) {
      signal?.throwIfAborted();
      ({ value, before } = await run(graph, {
        value,
        before,
        pull: perLabel(pull),
        closeness,
        neighbours,
      }));
    }
    solved++;
    progress?.(solved / (constants.looks + 1));
    return value;
  }

  const nothing = tensor({ things: labels - 1, units }, new Float32Array((labels - 1) * units));
  const place = await spread(
    graphs.spread,
    nothing,
    said.map((pull, i) => (i < units ? pull + constants.backgroundPrior : pull)),
  );
  let value = place;
  let evidence: HostTensor | undefined;
  for (let look = 0; look < constants.looks; look++) {
    const seen = await run(graphs.evidence, {
      density,
      members,
      base,
      mass,
      value,
      examples: perLabel(examples),
      place,
    });
    evidence = seen["evidence"];
    const pull = withEvidence(said, seen["evidence"].data, units, constants.evidencePrecision);
    value = await spread(graphs.spreadToEdges, value, pull);
  }
  return { value, evidence };
}

/** Pulls of what was said and of evidence for things; what evidence leaves pulls to the background. */
function withEvidence(
  said: Float32Array,
  things: TensorData,
  units: number,
  precision: number,
): Float32Array {
  const pull = said.slice();
  for (let unit = 0; unit < units; unit++) {
    let left = 1;
    for (let at = unit; at < things.length; at += units) {
      pull[units + at] += precision * things[at];
      left -= things[at];
    }
    pull[unit] += precision * left;
  }
  return pull;
}
