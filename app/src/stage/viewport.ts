/** What of the photo is in sight, and what moves it. */

import type { PixelPoint, Size } from "maskwise";
import { centred, type Frame, fit, type Point, panBy, toStage, zoomAt } from "./frame.ts";

export class Viewport {
  #frame: Frame = { scale: 1, x: 0, y: 0 };
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

  get stage(): Size {
    return this.#stage;
  }

  /** Show another picture, all of it. */
  show(picture: Size | undefined): void {
    this.#picture = picture;
    this.fit();
  }

  /** The stage has another size: a fitted picture is fitted again, another stays in the middle. */
  resize(stage: Size): void {
    const before = this.#stage;
    this.#stage = stage;
    if (!this.#picture) return;
    if (this.#isFitted) {
      this.fit();
    } else {
      this.pan((stage.width - before.width) / 2, (stage.height - before.height) / 2);
    }
  }

  /** Show all of the picture. */
  fit(): void {
    if (!this.#picture) return;
    this.#move(fit(this.#picture, this.#stage));
    this.#isFitted = true;
  }

  /** Show the picture's middle at a scale in CSS pixels per picture pixel. */
  centre(scale: number): void {
    if (this.#picture) this.#move(centred(this.#picture, this.#stage, scale));
  }

  /** @param at Stays where it is. @default the middle of the stage */
  zoom(factor: number, at?: Point): void {
    if (!this.#picture) return;
    const middle = { x: this.#stage.width / 2, y: this.#stage.height / 2 };
    this.#move(zoomAt(this.#frame, at ?? middle, factor, this.#picture, this.#stage));
  }

  /** Move the picture by CSS pixels. */
  pan(dx: number, dy: number): void {
    if (this.#picture) this.#move(panBy(this.#frame, dx, dy, this.#picture, this.#stage));
  }

  /** Move the picture, if need be, so that a place of it is in sight. */
  reveal(place: PixelPoint): void {
    const { x, y } = toStage(this.#frame, place);
    const { width, height } = this.#stage;
    const off = (at: number, room: number): number => Math.min(room, Math.max(0, at)) - at;
    if (off(x, width) !== 0 || off(y, height) !== 0) this.pan(off(x, width), off(y, height));
  }

  #move(frame: Frame): void {
    this.#frame = frame;
    this.#isFitted = false;
    this.#moved();
  }
}
