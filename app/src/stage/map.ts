/**
 * `<maskwise-map>`: the whole photo, small, with what is in sight of it; press or drag on it to look
 * elsewhere. It is there while the photo is not seen whole.
 */

import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { pixel } from "maskwise";
import { type Shown, thumbnailOf } from "../files/shown.ts";
import { texts } from "../texts.ts";
import type { Viewport } from "./viewport.ts";

/** Its longer side, in CSS pixels. */
const SIDE = 168;

export class StageMap extends LitElement {
  static override properties = {
    shown: { attribute: false },
    viewport: { attribute: false },
  };

  static override styles = css`
    :host {
      position: absolute;
      top: 14px;
      right: 14px;
      overflow: hidden;
      border: 1px solid var(--line, #d9dde3);
      border-radius: 10px;
      background: var(--panel, #fff);
      box-shadow: var(--shadow, none);
      cursor: crosshair;
      touch-action: none;
    }
    :host([hidden]) {
      display: none;
    }
    img {
      display: block;
    }
    div {
      position: absolute;
      border: 2px solid var(--accent);
      border-radius: 3px;
      box-shadow: 0 0 0 999px rgb(0 0 0 / 0.35);
      pointer-events: none;
    }
  `;

  declare shown: Shown | undefined;
  declare viewport: Viewport;
  /** The address of the photo, small. */
  #picture = "";

  override render(): TemplateResult {
    const { shown } = this;
    if (!shown) return html``;
    const scale = scaleFor(shown);
    const [first, last] = this.viewport.corners;
    const within = (at: number, size: number): number => Math.min(size, Math.max(0, at + 0.5));
    const [left, right] = [first.x, last.x].map((x) => within(x, shown.width) * scale);
    const [top, bottom] = [first.y, last.y].map((y) => within(y, shown.height) * scale);
    this.hidden =
      first.x <= -0.5 &&
      first.y <= -0.5 &&
      last.x >= shown.width - 0.5 &&
      last.y >= shown.height - 0.5;
    const place = `left:${left}px;top:${top}px;width:${(right ?? 0) - (left ?? 0)}px;height:${(bottom ?? 0) - (top ?? 0)}px`;
    return html`<img
        alt=${texts.stage.map}
        src=${this.#picture}
        draggable="false"
        style=${`width:${shown.width * scale}px;height:${shown.height * scale}px`}
        @pointerdown=${this.#onDown}
        @pointermove=${this.#onMove}
      />
      <div style=${place}></div>`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("shown")) this.#picture = this.shown ? thumbnailOf(this.shown, 2 * SIDE) : "";
  }

  readonly #onDown = (event: PointerEvent): void => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#look(event);
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (event.buttons !== 0) this.#look(event);
  };

  #look({ offsetX, offsetY }: PointerEvent): void {
    if (!this.shown) return;
    const scale = scaleFor(this.shown);
    this.viewport.centreOn(pixel(offsetX / scale - 0.5, offsetY / scale - 0.5));
  }
}

function scaleFor({ width, height }: Shown): number {
  return SIDE / Math.max(width, height);
}
