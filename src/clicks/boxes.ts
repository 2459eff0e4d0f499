import type { Box } from "./prompts.ts";

/** Whether a box holds the pixel (x, y): the pixels of both corners, rounded as clicks are, belong to it. */
export function boxHolds({ from, to }: Box, x: number, y: number): boolean {
  return (
    x >= Math.round(Math.min(from.x, to.x)) &&
    x <= Math.round(Math.max(from.x, to.x)) &&
    y >= Math.round(Math.min(from.y, to.y)) &&
    y <= Math.round(Math.max(from.y, to.y))
  );
}
