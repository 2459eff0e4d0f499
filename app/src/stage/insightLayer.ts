/**
 * `<maskwise-insight>`: over the photo, what only a mixture can show. It lies on the stage, takes no
 * pointer, and shows what it is given.
 */

import { css, LitElement } from "lit";
import {
  type Changes,
  GAINED,
  LOST,
  type Plane,
  type Prompt,
  type Reason,
  SWITCHED,
} from "maskwise";
import { type Frame, toStage } from "./frame.ts";
import { handleOf } from "./markers.ts";

/** As little-endian RGBA: green gained, red lost, amber from one object to another. */
const CHANGED: Readonly<Record<number, number>> = {
  [GAINED]: 0xa85fd12b,
  [LOST]: 0xa84a3ce8,
  [SWITCHED]: 0xa82aa8f5,
};

/** Pixels as alike as this to the one under the pointer are shown before the first click. */
const ALIKE = 0.3;

/** Clicks with a smaller share explain nothing that one would want to see. */
const LEAST_SHARE = 0.03;

export class InsightLayer extends LitElement {
  static override properties = {
    frame: { attribute: false },
    picture: { attribute: false },
    changed: { attribute: false },
    reasons: { attribute: false },
    preview: { attribute: false },
  };

  static override styles = css`
    :host {
      position: absolute;
      inset: 0;
      pointer-events: none;
    }
    canvas {
      width: 100%;
      height: 100%;
    }
    canvas[hidden] {
      display: none;
    }
  `;

  declare frame: Frame | undefined;
  declare picture: { readonly width: number; readonly height: number } | undefined;
  declare changed: Changes | undefined;
  declare reasons: readonly Reason[];
  declare preview: Plane | undefined;

  readonly #canvas = document.createElement("canvas");
  #painted: { readonly of: Changes; readonly image: OffscreenCanvas } | undefined;

  override render(): HTMLCanvasElement {
    return this.#canvas;
  }

  get #hasSomething(): boolean {
    return this.changed !== undefined || this.preview !== undefined || this.reasons.length > 0;
  }

  override updated(): void {
    const { clientWidth: width, clientHeight: height, frame, picture } = this;
    const canvas = this.#canvas;
    const density = devicePixelRatio;
    // Laid over the photo, an empty canvas of a large window would cost as much as a full one.
    canvas.hidden = !this.#hasSomething;
    if (canvas.hidden) return;
    // Setting a canvas's size empties it.
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    const pen = canvas.getContext("2d");
    if (!pen || !frame || !picture) return;
    const unit = frame.scale * density;
    pen.setTransform(unit, 0, 0, unit, frame.x * density, frame.y * density);
    if (this.changed) {
      pen.imageSmoothingEnabled = false;
      pen.drawImage(this.#imageOf(this.changed), 0, 0, picture.width, picture.height);
    }
    if (this.preview) {
      pen.imageSmoothingEnabled = true;
      pen.drawImage(imageOfPreview(this.preview), 0, 0, picture.width, picture.height);
    }
    pen.setTransform(density, 0, 0, density, 0, 0);
    for (const { source, share } of this.reasons) {
      if (source.kind === "prompt" && share >= LEAST_SHARE) ring(pen, source.prompt, share, frame);
    }
  }

  #imageOf(changes: Changes): OffscreenCanvas {
    if (this.#painted?.of === changes) return this.#painted.image;
    const { width, height, data } = changes;
    const pixels = new Uint32Array(data).map((change) => CHANGED[change] ?? 0);
    this.#painted = { of: changes, image: canvasOf(pixels, width, height) };
    return this.#painted.image;
  }
}

function imageOfPreview({ width, height, data }: Plane): OffscreenCanvas {
  const alpha = (value: number): number => Math.round(150 * Math.min(1, Math.max(0, value)));
  const pixels = Uint32Array.from(
    data,
    (value) => ((alpha((value - ALIKE / 2) / ALIKE) << 24) | 0xffffff) >>> 0,
  );
  return canvasOf(pixels, width, height);
}

function canvasOf(
  pixels: Uint32Array<ArrayBuffer>,
  width: number,
  height: number,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const bytes = new Uint8ClampedArray(pixels.buffer);
  canvas.getContext("2d")?.putImageData(new ImageData(bytes, width, height), 0, 0);
  return canvas;
}

/** Around a prompt's handle: the more it explains, the wider. */
function ring(pen: CanvasRenderingContext2D, prompt: Prompt, share: number, frame: Frame): void {
  const { x, y } = toStage(frame, handleOf(prompt));
  const radius = 12 + 22 * share;
  for (const [colour, width] of [
    ["rgb(0 0 0 / 0.55)", 6],
    ["#ffd84d", 3],
  ] as const) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  }
  const text = `${Math.round(100 * share)} %`;
  pen.font = "600 12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.lineWidth = 4;
  pen.strokeStyle = "rgb(0 0 0 / 0.75)";
  pen.strokeText(text, x, y + radius + 14);
  pen.fillStyle = "#fff";
  pen.fillText(text, x, y + radius + 14);
}
