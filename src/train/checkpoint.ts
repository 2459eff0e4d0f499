/**
 * Where a training run stands, as one file: a safetensors file of weights, of what the optimiser
 * remembers and of averages, whose notes say of which network, after how many steps, by which recipe.
 * What is drawn depends on seed and step alone: a step is a position in the data and in all random
 * numbers.
 */

import { FormatError } from "../formats/formatError.ts";
import { readSafetensors, type StoredTensor, writeSafetensors } from "../formats/safetensors.ts";
import { parametersByPath } from "../nn/parameters.ts";
import { axesOf, type HostTensor, type Sizes, tensor } from "../tensor/hostTensor.ts";
import type { Trainable } from "./loop/trainable.ts";
import type { Tensors } from "./loop/trainer.ts";
import type { Standing } from "./loop/trainingLoop.ts";
import type { Recipe } from "./recipe/recipe.ts";

type Named = Pick<Trainable, "name" | "parameters">;

const FORMAT = "maskwise checkpoint 1";

/** The bytes of a checkpoint. */
export function writeCheckpoint(
  { steps, state }: Standing,
  network: Named,
  recipe: Recipe,
): Uint8Array<ArrayBuffer> {
  return writeSafetensors({
    tensors: stored(state),
    metadata: {
      format: FORMAT,
      network: network.name,
      steps: `${steps}`,
      recipe: JSON.stringify(recipe),
    },
  });
}

/**
 * What a checkpoint says, for the same network and recipe.
 *
 * @throws {FormatError} It is none, or of another network or recipe.
 */
export function readCheckpoint(bytes: Uint8Array, network: Named, recipe: Recipe): Standing {
  const { tensors, metadata } = readSafetensors(bytes);
  const { format, network: name, steps, recipe: said } = metadata;
  if (format !== FORMAT) {
    throw new FormatError(
      `readCheckpoint: expected "${FORMAT}" in its notes, got ${format ?? "nothing"}. Weights alone are no checkpoint: begin with them by --start.`,
    );
  }
  if (name !== network.name) {
    throw new FormatError(
      `readCheckpoint: expected a checkpoint of the network ${network.name}, got one of ${name}. Go on with the recipe it was made by, or begin another run.`,
    );
  }
  if (said !== JSON.stringify(recipe)) {
    throw new FormatError(
      "readCheckpoint: expected a checkpoint of the same recipe, got one of another. Go on with the recipe beside it, or begin another run from its weights by --start.",
    );
  }
  return { steps: Number(steps), state: unstored(tensors, network) };
}

/** The weights to use a network with: the averages where there are any. */
export function weightsOf(state: Tensors, network: Pick<Named, "parameters">): Tensors {
  const names = Object.keys(parametersByPath(network.parameters));
  return Object.fromEntries(names.map((name) => [name, state[`average:${name}`] ?? state[name]]));
}

/** A parameter's name, of what is remembered of it: `velocity:stem.weight`. */
function baseName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function stored(tensors: Tensors): ReadonlyMap<string, StoredTensor> {
  return new Map(
    Object.entries(tensors).map(([name, { axes, data }]) => [
      name,
      { dtype: "F32", shape: axes.map(({ size }) => size), data: Float32Array.from(data) },
    ]),
  );
}

/** Tensors with the axes of the parameters that they are, or that they are about. */
function unstored(
  tensors: ReadonlyMap<string, StoredTensor>,
  { name: network, parameters }: Named,
): Tensors {
  const wanted = parametersByPath(parameters);
  const missing = Object.keys(wanted).filter((name) => !tensors.has(name));
  if (missing.length > 0) {
    throw new FormatError(
      `readCheckpoint: expected all tensors of the network ${network}, got none of ${shortList(missing)}. Is it of another network?`,
    );
  }
  const unknown = [...tensors.keys()].filter((name) => !Object.hasOwn(wanted, baseName(name)));
  if (unknown.length > 0) {
    throw new FormatError(
      `readCheckpoint: expected only tensors of the network ${network}, got ${shortList(unknown)}. Is it of another network?`,
    );
  }
  return Object.fromEntries(
    [...tensors].map(([name, one]) => [name, like(name, wanted[baseName(name)].axes, one)]),
  );
}

function like(name: string, sizes: Sizes, { shape, data }: StoredTensor): HostTensor {
  const wanted = axesOf(name, sizes).map(({ size }) => size);
  if (wanted.join() !== shape.join()) {
    throw new FormatError(
      `readCheckpoint: expected "${name}" of shape [${wanted.join(", ")}], got [${shape.join(", ")}]. Is it of another network?`,
    );
  }
  return tensor(sizes, Float32Array.from(data));
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
