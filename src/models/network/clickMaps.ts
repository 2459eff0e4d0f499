/**
 * A list of clicks as images: how near every pixel is to a click, and how much it looks like a
 * clicked one. Each is the largest over the clicks, so that neither their order nor their number
 * matters.
 */

import type { Node } from "../../graph/node.ts";
import { abs } from "../../graph/operations/abs.ts";
import { add } from "../../graph/operations/add.ts";
import { clamp } from "../../graph/operations/clamp.ts";
import { concat } from "../../graph/operations/concat.ts";
import { constant } from "../../graph/operations/constant.ts";
import { contract } from "../../graph/operations/contract.ts";
import { divide } from "../../graph/operations/divide.ts";
import { exp } from "../../graph/operations/exp.ts";
import { expand } from "../../graph/operations/expand.ts";
import { largest } from "../../graph/operations/largest.ts";
import { merge } from "../../graph/operations/merge.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { relu } from "../../graph/operations/relu.ts";
import { square } from "../../graph/operations/square.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { sum } from "../../graph/operations/sum.ts";
import { asImage, withLast } from "../../graph/windows/windows.ts";
import { tensor } from "../../tensor/hostTensor.ts";
import type { ClickInputs } from "./clickInputs.ts";

/** Pixels of a grid that is laid over the image. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  /** Image pixels for each of them, along each side. */
  readonly stride: number;
}

/** Of an image, `[…, height, width]`; 1 where an axis is missing. */
export function sidesOf({ axes }: Node): { readonly height: number; readonly width: number } {
  const size = (name: string): number => axes.find((axis) => axis.name === name)?.size ?? 1;
  return { height: size("height"), width: size("width") };
}

/** What is said of the object, and of the background: a weight of 0 or 1, `[…, clicks]`. */
function weightsBySide({ says, weight }: ClickInputs): readonly Node[] {
  return [multiply(weight, says), multiply(weight, subtract(1, says))];
}

/** How many maps `nearness` makes. */
export function nearnessMaps(reaches: readonly number[]): number {
  return 2 * reaches.length;
}

/**
 * `max over clicks of exp(−‖x − click‖² / 2 reach²)`, for clicks on the object and on the background,
 * for each reach.
 *
 * @param reaches In pixels of the grid.
 * @returns `[…, channels, height, width]` in [0, 1], `nearnessMaps` channels.
 */
export function nearness(clicks: ClickInputs, grid: Grid, reaches: readonly number[]): Node {
  const maps = reaches.flatMap((reach) => {
    const down = closeness(clicks.row, "height", grid, reach);
    const across = closeness(clicks.column, "width", grid, reach);
    return weightsBySide(clicks).map((weight) =>
      largest(multiply(multiply(down, weight), across), "clicks"),
    );
  });
  return concat(
    maps.map((map) => asImage(expand(map, { channels: 1 }))),
    "channels",
  );
}

function closeness(position: Node, side: "height" | "width", grid: Grid, reach: number): Node {
  const offset = subtract(divide(position, grid.stride), centres(side, grid));
  return exp(multiply(square(offset), -0.5 / reach ** 2));
}

/** Of the pixels of a grid along a side, in pixels of the grid. */
function centres(side: "height" | "width", grid: Grid): Node {
  const places = Float32Array.from({ length: grid[side] }, (_, i) => i + 0.5);
  return constant(tensor({ [side]: grid[side] }, places));
}

/**
 * What an image says at the clicks, between its pixels by how near they are.
 *
 * @param x `[…, height, width]`, on the grid.
 * @returns `[…, clicks]`, without height and width.
 */
export function readAtClicks(x: Node, clicks: ClickInputs, grid: Grid): Node {
  const down = shares(clicks.row, "height", grid);
  const across = shares(clicks.column, "width", grid);
  return contract(contract(x, down, "height"), across, "width");
}

/** `[…, clicks, height]`: the share of every row in what is read at a click; sums to one. */
function shares(position: Node, side: "height" | "width", grid: Grid): Node {
  const inside = clamp(divide(position, grid.stride), 0.5, grid[side] - 0.5);
  return relu(subtract(1, abs(subtract(inside, centres(side, grid)))));
}

/**
 * `max over clicks of exp(−α/2 ‖x − x_click‖²)`: how likely a pixel is under a Gaussian at a clicked
 * one, for clicks on the object and on the background, in each of several projections.
 *
 * @param x         `[…, heads, parts, height, width]`, on the grid.
 * @param precision α, `[heads]`.
 * @returns `[…, channels, height, width]` in [0, 1], two channels for each head.
 */
export function likeness(x: Node, precision: Node, clicks: ClickInputs, grid: Grid): Node {
  const clicked = readAtClicks(x, clicks, grid);
  const cross = contract(clicked, x, "parts");
  const own = add(sum(square(x), "parts"), sum(square(clicked), "parts"));
  const squares = subtract(own, multiply(cross, 2));
  // Rounding may leave a little less than 0.
  const alike = exp(multiply(multiply(relu(squares), precision), -0.5));
  const sides = weightsBySide(clicks).map((weight) =>
    withLast(expand(largest(multiply(alike, weight), "clicks"), { sides: 1 }), [
      "heads",
      "height",
      "width",
    ]),
  );
  return merge(concat(sides, "sides"), ["sides", "heads"], "channels");
}
