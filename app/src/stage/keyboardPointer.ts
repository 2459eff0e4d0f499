/** Clicking without a mouse: arrow keys move a crosshair, Enter says the label. */

import { BACKGROUND, type PixelPoint, pixel } from "maskwise";
import type { Action, Surroundings } from "../tools/tool.ts";
import { nearestPixel, toPicture, toStage } from "./frame.ts";
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

  /** @returns what a key does, or `undefined` where it means nothing here. */
  press(
    { key, shiftKey }: KeyboardEvent,
    viewport: Viewport,
    around: Surroundings,
  ): "moved" | Action | undefined {
    const arrow = ARROWS[key];
    if (arrow) {
      this.#move(arrow, shiftKey, viewport, around);
      return "moved";
    }
    if (key !== "Enter" || !this.#at) return undefined;
    const id = around.promptUnder(toStage(viewport.frame, this.#at));
    if (id !== undefined) return { kind: "take back", id };
    const says = shiftKey ? BACKGROUND : around.label;
    return { kind: "say", prompt: { kind: "click", at: this.#at, says } };
  }

  #move(
    [dx, dy]: readonly [number, number],
    isFine: boolean,
    viewport: Viewport,
    { picture }: Surroundings,
  ): void {
    const { frame, stage } = viewport;
    const middle = { x: stage.width / 2, y: stage.height / 2 };
    const from = this.#at ?? toPicture(frame, middle);
    const step = isFine ? 1 : Math.max(1, Math.round(STRIDE / frame.scale));
    this.#at = nearestPixel(pixel(from.x + dx * step, from.y + dy * step), picture);
    viewport.reveal(this.#at);
  }
}
