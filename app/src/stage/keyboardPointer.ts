/** Pointing without a mouse: arrow keys move a crosshair, Enter presses the tool in hand there. */

import { type PixelPoint, pixel, type Size } from "maskwise";
import type { Pointer } from "../tools/tool.ts";
import { nearestPixel, type Point, toPicture, toStage } from "./frame.ts";
import type { Pointing } from "./pointing.ts";
import type { Viewport } from "./viewport.ts";

/** An arrow key moves the crosshair by this many CSS pixels, and with Shift by one picture pixel. */
const STRIDE = 12;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class KeyboardPointer {
  #at: PixelPoint | undefined;

  /** The pixel it is at; `undefined` until an arrow key was used. */
  get at(): PixelPoint | undefined {
    return this.#at;
  }

  goTo(at: PixelPoint, viewport: Viewport): void {
    this.#at = at;
    viewport.reveal(at);
  }

  reset(): void {
    this.#at = undefined;
  }

  /** Where it is on the stage. */
  on(viewport: Viewport): Point | undefined {
    return this.#at && toStage(viewport.frame, this.#at);
  }

  /** Shift and Enter is the right button. @returns whether the key means anything here. */
  press(
    { key, shiftKey, repeat }: KeyboardEvent,
    viewport: Viewport,
    picture: Size,
    pointing: Pointing,
  ): boolean {
    const arrow = ARROWS[key];
    if (arrow) {
      const at = this.#move(arrow, shiftKey, viewport, picture);
      pointing.moveTo(pointerAt(at, viewport, "left"));
      return true;
    }
    if (key !== "Enter" || !this.#at) return false;
    // Held for long, a key is still pressed once.
    if (!repeat) pointing.tap(pointerAt(this.#at, viewport, shiftKey ? "right" : "left"));
    return true;
  }

  #move(
    [dx, dy]: readonly [number, number],
    isFine: boolean,
    viewport: Viewport,
    picture: Size,
  ): PixelPoint {
    const { frame, stage } = viewport;
    const middle = { x: stage.width / 2, y: stage.height / 2 };
    const from = this.#at ?? toPicture(frame, middle);
    const step = isFine ? 1 : Math.max(1, Math.round(STRIDE / frame.scale));
    this.#at = nearestPixel(pixel(from.x + dx * step, from.y + dy * step), picture);
    viewport.reveal(this.#at);
    return this.#at;
  }
}

function pointerAt(at: PixelPoint, { frame }: Viewport, button: Pointer["button"]): Pointer {
  return { at, on: toStage(frame, at), button, shift: false };
}
