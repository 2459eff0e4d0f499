/**
 * The photo with its overlays, drawn once in tiles of device pixels and then only moved: panning
 * costs copies, whatever lies on the photo. A tile is a small stage of its own. While one zooms,
 * the tiles of the scale before are stretched; those of the new scale follow, a few in each frame.
 */

import type { Sight } from "./patch.ts";

/** Sides of a tile, in device pixels. */
const SIDE = 512;

/** New tiles are drawn for so long in a frame, in milliseconds; one of them at least. */
const BUDGET_MS = 9;

/** So many canvases are kept to be used again, a megabyte each. */
const MOST_SPARE = 48;

/** So many tiles beyond what is in sight are drawn ahead, in every direction. */
const AHEAD = 1;

export interface TileArtist<Scene> {
  /** Whether two scenes look the same. */
  isSame(one: Scene, other: Scene): boolean;
  /** Draw what is in sight of a scene; the pen's unit is a device pixel. */
  draw(pen: OffscreenCanvasRenderingContext2D, scene: Scene, sight: Sight): void;
  /** Draw a scene roughly and at once, where there is no tile yet. */
  sketch(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight): void;
  now(): number;
}

/** Tiles of one scene at one scale. */
interface Drawn<Scene> {
  readonly scene: Scene;
  readonly scale: number;
  readonly density: number;
  readonly tiles: Map<string, Tile>;
}

interface Tile {
  readonly canvas: OffscreenCanvas;
  readonly column: number;
  readonly row: number;
}

interface Range {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class Tiles<Scene> {
  readonly #artist: TileArtist<Scene>;
  #drawn: Drawn<Scene> | undefined;
  /** Shown where a tile is missing; of another scale or scene. */
  #before: Drawn<Scene> | undefined;
  /** Canvases that are used again. */
  readonly #spare: OffscreenCanvas[] = [];

  constructor(artist: TileArtist<Scene>) {
    this.#artist = artist;
  }

  /** Forget all; what comes next has nothing to do with what was before. */
  clear(): void {
    this.#recycle(this.#drawn);
    this.#recycle(this.#before);
    this.#drawn = undefined;
    this.#before = undefined;
  }

  /**
   * Draw a scene.
   *
   * @param isMoving Whether the scale changes in every frame: then nothing is drawn for it that
   *   tiles of another scale can stand for.
   * @returns whether it is all there: what is in sight, and what is drawn ahead. If not, draw again
   *   in the next frame.
   */
  draw(
    pen: CanvasRenderingContext2D,
    scene: Scene,
    sight: Sight,
    isMoving: boolean,
  ): { readonly isComplete: boolean; readonly isAhead: boolean } {
    const drawn = this.#drawnFor(scene, sight);
    const { scale } = sight.frame;
    const unit = scale * sight.density;
    const from = deviceOrigin(sight);
    const inSight = rangeOf(sight, 0);
    const end = this.#artist.now() + BUDGET_MS;
    const canWait = isMoving && this.#before !== undefined;
    const isComplete = canWait ? false : this.#fill(drawn, inSight, sight, end);
    pen.resetTransform();
    if (!isComplete) this.#standIn(pen, scene, sight);
    pen.imageSmoothingEnabled = false;
    for (const { canvas, column, row } of drawn.tiles.values()) {
      if (!isIn(inSight, column, row)) continue;
      // The last column and row end where the picture does.
      const width = Math.min(SIDE, Math.ceil(sight.picture.width * unit) - column * SIDE);
      const height = Math.min(SIDE, Math.ceil(sight.picture.height * unit) - row * SIDE);
      const [x, y] = [from.x + column * SIDE, from.y + row * SIDE];
      pen.drawImage(canvas, 0, 0, width, height, x, y, width, height);
    }
    if (!isComplete) return { isComplete, isAhead: false };
    this.#recycle(this.#before);
    this.#before = undefined;
    const near = rangeOf(sight, AHEAD);
    for (const [key, { canvas, column, row }] of drawn.tiles) {
      if (isIn(near, column, row)) continue;
      drawn.tiles.delete(key);
      this.#keep(canvas);
    }
    return { isComplete, isAhead: this.#fill(drawn, near, sight, end) };
  }

  #drawnFor(scene: Scene, { frame: { scale }, density }: Sight): Drawn<Scene> {
    const last = this.#drawn;
    if (last && last.scale === scale && last.density === density) {
      if (this.#artist.isSame(last.scene, scene)) return last;
    }
    if (last && last.tiles.size >= (this.#before?.tiles.size ?? 1)) {
      this.#recycle(this.#before);
      this.#before = last;
    } else {
      this.#recycle(last);
    }
    this.#drawn = { scene, scale, density, tiles: new Map() };
    return this.#drawn;
  }

  /** Draw tiles that are missing, as far as there is time. */
  #fill(drawn: Drawn<Scene>, range: Range, sight: Sight, end: number): boolean {
    let isFirst = true;
    for (let row = range.top; row < range.bottom; row++) {
      for (let column = range.left; column < range.right; column++) {
        const key = `${column} ${row}`;
        if (drawn.tiles.has(key)) continue;
        if (!isFirst && this.#artist.now() > end) return false;
        isFirst = false;
        drawn.tiles.set(key, { canvas: this.#tile(drawn.scene, column, row, sight), column, row });
      }
    }
    return true;
  }

  #tile(scene: Scene, column: number, row: number, { frame, picture, density }: Sight) {
    const canvas = this.#spare.pop() ?? new OffscreenCanvas(SIDE, SIDE);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (!pen) return canvas;
    const side = SIDE / density;
    pen.resetTransform();
    pen.clearRect(0, 0, SIDE, SIDE);
    this.#artist.draw(pen, scene, {
      frame: { scale: frame.scale, x: -column * side, y: -row * side },
      stage: { width: side, height: side },
      picture,
      density,
    });
    return canvas;
  }

  /** Where tiles are missing, others are stretched; where there are none either, it is sketched. */
  #standIn(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight): void {
    const before = this.#before;
    if (!before || !covers(before, sight)) {
      this.#artist.sketch(pen, scene, sight);
      pen.resetTransform();
    }
    if (!before) return;
    const zoom = (sight.frame.scale * sight.density) / (before.scale * before.density);
    const from = deviceOrigin(sight);
    const right = Math.round(sight.picture.width * sight.frame.scale * sight.density);
    const bottom = Math.round(sight.picture.height * sight.frame.scale * sight.density);
    pen.imageSmoothingEnabled = false;
    for (const { canvas, column, row } of before.tiles.values()) {
      // On whole pixels, so that there are no seams.
      const x = Math.round(column * SIDE * zoom);
      const y = Math.round(row * SIDE * zoom);
      const width = Math.min(right, Math.round((column + 1) * SIDE * zoom)) - x;
      const height = Math.min(bottom, Math.round((row + 1) * SIDE * zoom)) - y;
      const [wide, high] = [width / zoom, height / zoom];
      if (width > 0 && height > 0) {
        pen.drawImage(canvas, 0, 0, wide, high, from.x + x, from.y + y, width, height);
      }
    }
  }

  #recycle(drawn: Drawn<Scene> | undefined): void {
    for (const { canvas } of drawn?.tiles.values() ?? []) this.#keep(canvas);
    drawn?.tiles.clear();
  }

  #keep(canvas: OffscreenCanvas): void {
    if (this.#spare.length < MOST_SPARE) this.#spare.push(canvas);
  }
}

/** Where the picture's corner is in device pixels: on a whole one, so that tiles are copied exactly. */
function deviceOrigin({ frame, density }: Sight): { readonly x: number; readonly y: number } {
  return { x: Math.round(frame.x * density), y: Math.round(frame.y * density) };
}

/** The tiles in sight, and so many around them, as far as the picture goes. */
function rangeOf(sight: Sight, around: number): Range {
  const { frame, picture, stage, density } = sight;
  const from = deviceOrigin(sight);
  const unit = frame.scale * density;
  const first = (at: number): number => Math.max(0, Math.floor(-at / SIDE) - around);
  const last = (at: number, room: number, size: number): number =>
    Math.min(Math.ceil((size * unit) / SIDE), Math.ceil((room * density - at) / SIDE) + around);
  return {
    left: first(from.x),
    top: first(from.y),
    right: last(from.x, stage.width, picture.width),
    bottom: last(from.y, stage.height, picture.height),
  };
}

function isIn({ left, top, right, bottom }: Range, column: number, row: number): boolean {
  return column >= left && column < right && row >= top && row < bottom;
}

/** Whether tiles of another scale lie everywhere in sight. */
function covers<Scene>({ scale, density, tiles }: Drawn<Scene>, sight: Sight): boolean {
  const zoom = (scale * density) / (sight.frame.scale * sight.density);
  const { x, y } = sight.frame;
  const there = { ...sight, density, frame: { scale, x: x * zoom, y: y * zoom } };
  const stage = { width: sight.stage.width * zoom, height: sight.stage.height * zoom };
  const { left, top, right, bottom } = rangeOf({ ...there, stage }, 0);
  return (
    tiles.size > 0 &&
    (right - left) * (bottom - top) <= countIn(tiles, { left, top, right, bottom })
  );
}

function countIn(tiles: ReadonlyMap<string, Tile>, range: Range): number {
  let count = 0;
  for (const { column, row } of tiles.values()) if (isIn(range, column, row)) count++;
  return count;
}
