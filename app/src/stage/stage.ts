/**
 * `<maskwise-stage>`: the photo with everything on it, and the pointer over it. It shows what it
 * is given; what a person does on it leaves as an event.
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import {
  BACKGROUND,
  type Label,
  type Outline,
  type PixelPoint,
  type Prompt,
  type RemoteSegmentation,
  type Stroke,
} from "maskwise";
import type { Shown } from "../files/shown.ts";
import { BACKGROUND_COLOUR } from "../state/colours.ts";
import type { Look } from "../state/look.ts";
import { texts } from "../texts.ts";
import { cornerOnStage, gripUnder } from "../tools/polygon/rings.ts";
import { type ToolName, takesBack } from "../tools/table.ts";
import type { Action, Surroundings } from "../tools/tool.ts";
import { cleared } from "./cleared.ts";
import { draw, type Scenery } from "./draw.ts";
import { type Point, toStage } from "./frame.ts";
import { type Drawn, Frames } from "./frames.ts";
import { KeyboardPointer } from "./keyboardPointer.ts";
import type { StageMap } from "./map.ts";
import { promptUnder, without } from "./markers.ts";
import { Pointing } from "./pointing.ts";
import { polygonMarks } from "./polygonMarks.ts";
import { type Scene, sceneArtist } from "./scene.ts";
import { stageStyle } from "./stageStyle.ts";
import { Tiles } from "./tiles.ts";
import { Viewport } from "./viewport.ts";
import { wheelTurns } from "./wheel.ts";

/** What a person did, and whether to wait for more before a mask is made (Ctrl held). */
export type StageEvent = CustomEvent<{ readonly action: Action; readonly defer: boolean }>;

/** Pressed, it would start the browser's own scrolling. */
const MIDDLE = 1;

const NOTHING_DRAWN: Drawn = { isComplete: false, isDone: true };

export class Stage extends LitElement {
  static override properties = {
    shown: { attribute: false },
    segmentation: { attribute: false },
    prompts: { attribute: false },
    colours: { attribute: false },
    label: { attribute: false },
    brush: { attribute: false },
    hardness: { attribute: false },
    polygon: { attribute: false },
    pending: { attribute: false },
    tool: { attribute: false },
    look: { attribute: false },
    unsureFrom: { attribute: false },
  };

  static override styles = stageStyle;

  /** The photo. Another one is fitted to the stage. */
  declare shown: Shown | undefined;
  declare segmentation: RemoteSegmentation | undefined;
  declare prompts: ReadonlyMap<string, Prompt>;
  declare colours: ReadonlyMap<Label, string>;
  /** The label that a click says. */
  declare label: Label;
  /** Diameter of the brush, in picture pixels. */
  declare brush: number;
  /** Share of the brush's radius that paints fully. */
  declare hardness: number;
  /** The polygons of the selected object. */
  declare polygon: readonly Outline[];
  /** What was painted and is not in the mask yet. */
  declare pending: readonly Stroke[];
  declare tool: ToolName;
  declare look: Look;
  /** Pixels at least this undecided are drawn as nobody's; none where it is `undefined`. */
  declare unsureFrom: number | undefined;

  readonly viewport: Viewport = new Viewport(() => {
    this.#frames.soon();
    this.renderRoot?.querySelector<StageMap>("maskwise-map")?.requestUpdate();
    this.dispatchEvent(new CustomEvent("stage-moved"));
  });
  readonly #tiles = new Tiles(sceneArtist());
  readonly #keyboard = new KeyboardPointer();
  readonly #pointing = new Pointing({
    viewport: this.viewport,
    around: () => this.#around(),
    act: (action, defer) => this.#act(action, defer),
    redraw: () => this.#frames.soon(),
    finish: () => this.dispatchEvent(new CustomEvent("stage-finish")),
  });
  readonly #sizes = new ResizeObserver(() => this.#measure());
  #canvas: HTMLCanvasElement | undefined;
  /** The pointer has not left the handle that it has just made. */
  #isFresh = false;
  readonly #frames = new Frames(() => this.#draw());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    window.addEventListener("keydown", this.#pointing.key);
    window.addEventListener("keyup", this.#pointing.key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    window.removeEventListener("keydown", this.#pointing.key);
    window.removeEventListener("keyup", this.#pointing.key);
  }

  /** Where the middle of a pixel is in the window, in CSS pixels. */
  clientPoint(at: PixelPoint): Point {
    const { left, top } = this.getBoundingClientRect();
    const { x, y } = toStage(this.viewport.frame, at);
    return { x: left + x, y: top + y };
  }

  /** Resolves when all in sight is drawn as it should be. */
  get drawn(): Promise<void> {
    return this.#frames.complete;
  }

  /** Zoom around the pointer, or around the middle where there is none. */
  zoom(factor: number): void {
    this.viewport.zoom(factor, this.#pointing.pointer?.on);
  }

  /** Put the keyboard's crosshair on a pixel, in sight, for Enter to say what is there. */
  pointAt(at: PixelPoint): void {
    this.#keyboard.goTo(at, this.viewport);
    this.#canvas?.focus();
    this.#frames.soon();
  }

  /** Give up what is being done, such as a stroke half drawn. */
  cancel(): void {
    this.#pointing.cancel();
    this.#keyboard.reset();
  }

  /** What is being drawn with the pointer held down. */
  readonly unfinished = (): Action | undefined => this.#pointing.unfinished;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("shown")) {
      this.viewport.show(this.shown);
      this.#tiles.clear();
      this.#keyboard.reset();
    }
    if (changed.has("shown") || changed.has("tool")) this.#pointing.use(this.tool);
  }

  override render(): TemplateResult {
    return html`<canvas
        tabindex="0"
        role="application"
        aria-label=${texts.stage.name}
        aria-describedby="how"
        @pointerdown=${this.#onDown}
        @blur=${() => this.#canvas?.removeAttribute("data-pointed")}
        @pointermove=${this.#pointing.move}
        @pointerup=${this.#pointing.up}
        @pointercancel=${this.#pointing.lost}
        @pointerleave=${this.#pointing.leave}
        @mousedown=${(event: MouseEvent) => event.button === MIDDLE && event.preventDefault()}
        @contextmenu=${(event: Event) => event.preventDefault()}
        @keydown=${this.#onKey}
      ></canvas>
      ${
        this.look.map
          ? html`<maskwise-map .shown=${this.shown} .viewport=${this.viewport}></maskwise-map>`
          : nothing
      }
      <span id="how" hidden>${texts.stage.help}</span>`;
  }

  override firstUpdated(): void {
    this.#canvas = this.renderRoot.querySelector("canvas") ?? undefined;
    this.#canvas?.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    this.#measure();
  }

  override updated(): void {
    this.#frames.soon();
  }

  #around(): Surroundings | undefined {
    if (!this.shown) return undefined;
    return {
      picture: this.shown,
      label: this.label,
      brush: this.brush,
      hardness: this.hardness ?? 1,
      polygon: this.polygon ?? [],
      promptUnder: (on) => promptUnder(this.prompts, this.viewport.frame, on),
      gripUnder: (on) => gripUnder(this.polygon ?? [], this.viewport.frame, on),
      onStage: (corner) => cornerOnStage(this.viewport.frame, corner),
      prompt: (id) => this.prompts.get(id),
    };
  }

  #act(action: Action, defer: boolean): void {
    this.#isFresh = true;
    this.dispatchEvent(new CustomEvent("stage-action", { detail: { action, defer } }));
  }

  readonly #onDown = (event: PointerEvent): void => {
    // Who uses a mouse sees where the focus is; keys pressed in between need no frame.
    this.#canvas?.setAttribute("data-pointed", "");
    this.#keyboard.reset();
    this.#pointing.down(event);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const around = this.#around();
    if (!around || event.ctrlKey || event.metaKey || event.altKey) return;
    const isKnown =
      this.#keyboard.press(event, this.viewport, around.picture, this.#pointing) ||
      this.#pointing.press(event.key);
    if (!isKnown) return;
    event.preventDefault();
    event.stopPropagation();
    this.#frames.soon();
  };

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    // Wheel events come in whole pixels; where the pointer is is known more exactly.
    const on = this.#pointing.pointer?.on ?? { x: event.offsetX, y: event.offsetY };
    this.viewport.zoom(Math.exp(-wheelTurns(event)), on);
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this;
    const canvas = this.#canvas;
    if (!canvas || width === 0 || height === 0) return;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    this.viewport.resize({ width, height });
    this.#frames.now();
  }

  #draw(): Drawn {
    const canvas = this.#canvas;
    const pen = canvas && cleared(canvas);
    if (!canvas || !pen) return NOTHING_DRAWN;
    canvas.style.cursor = this.#hovered() === undefined ? this.#pointing.cursor : "pointer";
    if (!this.shown) return NOTHING_DRAWN;
    const { frame, stage, isZooming } = this.viewport;
    const sight = { frame, stage, picture: this.shown, density: devicePixelRatio };
    const scene = this.#scene(this.shown);
    const { isComplete, isAhead } = this.#tiles.draw(pen, scene, sight, isZooming);
    draw(pen, this.#scenery(), sight);
    return { isComplete: isComplete && !isZooming, isDone: isAhead || isZooming };
  }

  /** The prompt that a press would take back. */
  #hovered(): string | undefined {
    const { pointer, state, cursor } = this.#pointing;
    if (!pointer || state.preview || cursor.startsWith("grab")) return undefined;
    if (!takesBack.has(this.tool)) return undefined;
    const under = promptUnder(this.prompts, this.viewport.frame, pointer.on);
    if (under === undefined) this.#isFresh = false;
    return this.#isFresh ? undefined : under;
  }

  #scene(shown: Shown): Scene {
    const { segmentation, unsureFrom, look } = this;
    const colours = segmentation?.labels.map((label) => this.colours.get(label)) ?? [];
    return { shown, overlaid: segmentation && { segmentation, colours, unsureFrom }, look };
  }

  #scenery(): Scenery {
    const { pointer, state } = this.#pointing;
    const hovered = this.#hovered();
    const on = this.#keyboard.on(this.viewport) ?? pointer?.on;
    const hasBrush = state.cursor === "none" && on && hovered === undefined;
    return {
      prompts: without(this.prompts, state.moving),
      hovered,
      preview: state.preview,
      pending: this.pending ?? [],
      polygon: polygonMarks(this.tool, this.#pointing, this.viewport.frame, this.polygon ?? []),
      labelColour: this.colours.get(this.label) ?? BACKGROUND_COLOUR,
      brush: hasBrush ? { at: on, width: this.brush } : undefined,
      keyboardAt: this.#keyboard.at,
      colourOf: (label) =>
        label === BACKGROUND ? BACKGROUND_COLOUR : (this.colours.get(label) ?? BACKGROUND_COLOUR),
    };
  }
}
