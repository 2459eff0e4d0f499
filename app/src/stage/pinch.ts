import type { Point } from "./frame.ts";

/** How two fingers moved. */
export interface PinchMove {
  /** The middle between them, before and after, on the stage. */
  readonly from: Point;
  readonly to: Point;
  /** Their distance after over that before. */
  readonly factor: number;
}

/** Two fingers on the stage: the picture follows both of them. */
export class Pinch {
  readonly #fingers = new Map<number, Point>();

  /** @returns whether there are two now. */
  down(id: number, at: Point): boolean {
    this.#fingers.set(id, at);
    return this.#fingers.size === 2;
  }

  /** @returns how they moved, while there are two. */
  move(id: number, at: Point): PinchMove | undefined {
    const before = this.#pair();
    if (!this.#fingers.has(id)) return undefined;
    this.#fingers.set(id, at);
    const after = this.#pair();
    if (!before || !after) return undefined;
    return {
      from: middle(before),
      to: middle(after),
      factor: distance(after) / Math.max(1, distance(before)),
    };
  }

  up(id: number): void {
    this.#fingers.delete(id);
  }

  /** Forget all fingers. */
  clear(): void {
    this.#fingers.clear();
  }

  #pair(): readonly [Point, Point] | undefined {
    const [one, other, third] = [...this.#fingers.values()];
    return one && other && !third ? [one, other] : undefined;
  }
}

function middle([one, other]: readonly [Point, Point]): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function distance([one, other]: readonly [Point, Point]): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
