/** The cell of a grid of `to` cells that a position, in pixels of a side of `from`, lies in. */
export function placeIn(position: number, from: number, to: number): number {
  return Math.min(to - 1, Math.max(0, Math.floor(((position + 0.5) * to) / from)));
}
