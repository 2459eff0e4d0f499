/** What of the photo is in sight, and what moves it: smoothly, unless a person wants less motion. */

import type { PixelPoint, Size } from "maskwise";
import {
  between,
  centred,
  type Frame,
  fit,
  type Point,
  panBy,
  toPicture,
  toStage,
  zoomAt,
} from "./frame.ts";

/** How long the picture takes from one frame to another, in milliseconds. */
const GLIDE_MS = 160;

/** For so long after it the scale counts as changing: a wheel turns on in steps. */
const REST_MS = 120;

const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");

export class Viewport {
  #frame: Frame = { scale: 1, x: 0, y: 0 };
  /** Where it glides to; what is asked for meanwhile goes on from there. */
  #goal: Frame = this.#frame;
  #gliding: { readonly from: Frame; readonly since: number } | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #stage: Size = { width: 1, height: 1 };
  #picture: Size | undefined;
  /** Whether the photo lies as it was fitted; then it follows the size of the stage. */
  #isFitted = true;

  readonly #moved: () => void;

  /** @param moved Called after every change. */
  constructor(moved: () => void) {
    this.#moved = moved;
  }

  get frame(): Frame {
    return this.#frame;
  }

  /** Whether the scale is changing. */
  get isZooming(): boolean {
    return this.#resting !== undefined;
  }

  get stage(): Size {
    return this.#stage;
  }

  /** Show another picture, all of it. */
  show(picture: Size | undefined): void {
    this.#picture = picture;
    if (picture) this.#jump(fit(picture, this.#stage));
    this.#isFitted = true;
  }

  /** The stage has another size: a fitted picture is fitted again, another stays in the middle. */
  resize(stage: Size): void {
    const before = this.#stage;
    this.#stage = stage;
    if (!this.#picture) return;
    if (this.#isFitted) {
      this.show(this.#picture);
    } else {
      this.pan((stage.width - before.width) / 2, (stage.height - before.height) / 2);
    }
  }

  /** Show all of the picture. */
  fit(): void {
    if (!this.#picture) return;
    this.#glide(fit(this.#picture, this.#stage));
    this.#isFitted = true;
  }

  /** Show the picture's middle at a scale in CSS pixels per picture pixel. */
  centre(scale: number): void {
    if (this.#picture) this.#glide(centred(this.#picture, this.#stage, scale));
  }

  /** @param at Stays where it is. @default the middle of the stage */
  zoom(factor: number, at?: Point): void {
    if (this.#picture) this.#glide(this.#zoomed(this.#picture, factor, at));
  }

  /** Zoom as fingers do: at once. */
  pinch(factor: number, at: Point): void {
    if (this.#picture) this.#jump(this.#zoomed(this.#picture, factor, at));
  }

  /** Move the picture by CSS pixels. */
  pan(dx: number, dy: number): void {
    if (this.#picture) this.#jump(panBy(this.#frame, dx, dy, this.#picture, this.#stage));
  }

  /** Bring a place of the picture into the middle. */
  centreOn(place: PixelPoint): void {
    const { x, y } = toStage(this.#frame, place);
    this.pan(this.#stage.width / 2 - x, this.#stage.height / 2 - y);
  }

  /** Move the picture, if need be, so that a place of it is in sight. */
  reveal(place: PixelPoint): void {
    const { x, y } = toStage(this.#frame, place);
    const { width, height } = this.#stage;
    const off = (at: number, room: number): number => Math.min(room, Math.max(0, at)) - at;
    if (off(x, width) !== 0 || off(y, height) !== 0) this.pan(off(x, width), off(y, height));
  }

  /** The corners of what is in sight, which may lie outside the picture. */
  get corners(): readonly [PixelPoint, PixelPoint] {
    const { width, height } = this.#stage;
    return [
      toPicture(this.#frame, { x: 0, y: 0 }),
      toPicture(this.#frame, { x: width, y: height }),
    ];
  }

  #zoomed(picture: Size, factor: number, at?: Point): Frame {
    const middle = { x: this.#stage.width / 2, y: this.#stage.height / 2 };
    return zoomAt(this.#goal, at ?? middle, factor, picture, this.#stage);
  }

  #jump(frame: Frame): void {
    this.#gliding = undefined;
    this.#goal = frame;
    this.#move(frame);
  }

  #glide(goal: Frame): void {
    if (lessMotion.matches) {
      this.#jump(goal);
      return;
    }
    const isUnderWay = this.#gliding !== undefined;
    this.#goal = goal;
    this.#gliding = { from: this.#frame, since: performance.now() };
    this.#isFitted = false;
    if (!isUnderWay) requestAnimationFrame(this.#step);
  }

  readonly #step = (now: number): void => {
    if (!this.#gliding) return;
    const { from, since } = this.#gliding;
    const share = Math.min(1, Math.max(0, (now - since) / GLIDE_MS));
    const isFitted = this.#isFitted;
    if (share === 1) this.#jump(this.#goal);
    // It sets out quickly, to follow the hand, and arrives slowly.
    else this.#move(between(from, this.#goal, 1 - (1 - share) ** 2));
    this.#isFitted = isFitted;
    if (share < 1) requestAnimationFrame(this.#step);
  };

  #move(frame: Frame): void {
    if (frame.scale !== this.#frame.scale) this.#rest();
    this.#frame = frame;
    this.#isFitted = false;
    this.#moved();
  }

  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      this.#moved();
    }, REST_MS);
  }
}
