/** From pointer events to what the tool in hand makes of them. */

import { panning } from "../tools/pan/panning.ts";
import { type ToolName, tools } from "../tools/table.ts";
import type { Action, Pointer, Step, Surroundings, ToolState } from "../tools/tool.ts";
import { type Point, toPicture } from "./frame.ts";
import { Palms } from "./palms.ts";
import { Pinch } from "./pinch.ts";
import type { Viewport } from "./viewport.ts";

/** What pointing needs from the stage. */
export interface PointingHost {
  readonly viewport: Viewport;
  /** `undefined` while there is no photo. */
  around(): Surroundings | undefined;
  /** @param defer Whether more is to come before a mask is wanted. */
  act(action: Action, defer: boolean): void;
  redraw(): void;
  /** Space was tapped, not held: the object is done. */
  finish(): void;
}

/** Held for less, and nothing dragged, Space was tapped, in milliseconds. */
const TAP_MS = 250;

/** On a Mac, Control and a click is the right button. */
const isMac = navigator.platform.startsWith("Mac");

export class Pointing {
  readonly #host: PointingHost;
  readonly #pinch = new Pinch();
  readonly #palms = new Palms();
  #state: ToolState = tools.click;
  #isSpaceHeld = false;
  /** When Space was pressed, until something is dragged with it. */
  #spaceAt: number | undefined;
  #isPressed = false;
  /** Whether the keyboard has pressed what it has not let go. */
  #isHeld = false;
  /** Where the pointer is, while it is over the stage. */
  #last: Pointer | undefined;

  constructor(host: PointingHost) {
    this.#host = host;
  }

  get pointer(): Pointer | undefined {
    return this.#last;
  }

  get state(): ToolState {
    return this.#state;
  }

  /** What is being drawn with the pointer held down. */
  get unfinished(): Action | undefined {
    if (!this.#isPressed) return undefined;
    const { unfinished, preview } = this.#state;
    if (unfinished) return { kind: "edit", edit: unfinished };
    return preview && { kind: "say", prompt: preview };
  }

  get cursor(): string {
    const isIdle = this.#state.cursor !== "grabbing";
    return this.#isSpaceHeld && isIdle ? "grab" : this.#state.cursor;
  }

  /** Take a tool in hand. */
  use(tool: ToolName): void {
    this.#isHeld = false;
    this.#enter({ state: tools[tool] });
  }

  /**
   * Press and let go where the keyboard's crosshair is. What draws or drags, such as a box or a
   * vertex, is let go by the next tap: until then it follows the crosshair.
   */
  tap(pointer: Pointer): void {
    const around = this.#host.around();
    if (!around) return;
    const wasHeld = this.#isHeld;
    this.#enter(wasHeld ? this.#state.move(pointer, around) : this.#state.press(pointer, around));
    const { preview, polygon } = this.#state;
    this.#isHeld = !wasHeld && (preview ?? polygon) !== undefined;
    this.#isPressed = this.#isHeld;
    if (!this.#isHeld) this.#enter(this.#state.release(pointer, around));
  }

  /** The keyboard's crosshair has moved. */
  moveTo(pointer: Pointer): void {
    const around = this.#host.around();
    if (around) this.#enter(this.#state.move(pointer, around));
  }

  /** Give a key to what is being done; @returns whether it meant anything. */
  press(key: string): boolean {
    const around = this.#host.around();
    const step = around && this.#state.key?.(key, around);
    if (step) this.#enter(step);
    return step !== undefined;
  }

  /** Give up what is being done, such as a stroke half drawn. */
  cancel(): void {
    this.#isPressed = false;
    this.#isHeld = false;
    this.#enter({ state: this.#state.cancel() });
  }

  readonly down = (event: PointerEvent): void => {
    const around = this.#host.around();
    if (this.#palms.isOne(event) || !around) return;
    if (event.pointerType === "pen") this.#leaveTouches();
    const stage = event.currentTarget as HTMLElement;
    stage.focus({ preventScroll: true });
    stage.setPointerCapture(event.pointerId);
    // What the keyboard has begun is not for the pointer to end.
    if (this.#isHeld) this.cancel();
    this.#isPressed = true;
    const pointer = this.#pointerOf(event);
    if (event.pointerType === "touch" && this.#pinch.down(event.pointerId, pointer.on)) {
      this.cancel();
    } else if (event.button === 1 || this.#isSpaceHeld) {
      event.preventDefault();
      this.#spaceAt = undefined;
      this.#enter({ state: panning(pointer.on, this.#state.cancel()) });
    } else if (event.button === 0 || isRight(event)) {
      this.#enter(this.#state.press(pointer, around), event);
    }
  };

  readonly move = (event: PointerEvent): void => {
    const around = this.#host.around();
    if (this.#palms.isOne(event) || !around) return;
    const pinched = this.#pinch.move(event.pointerId, this.#pointerOf(event).on);
    if (pinched) {
      this.#host.viewport.pan(pinched.to.x - pinched.from.x, pinched.to.y - pinched.from.y);
      this.#host.viewport.pinch(pinched.factor, pinched.to);
      return;
    }
    // A fast pointer moves several times between two frames; a stroke wants all of its places.
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const moment of passed.length > 0 ? passed : [event]) {
      this.#last = this.#pointerOf(moment);
      if (!this.#isHeld) this.#enter(this.#state.move(this.#last, around), event);
    }
  };

  readonly up = (event: PointerEvent): void => {
    this.#isPressed = false;
    this.#pinch.up(event.pointerId);
    const around = this.#host.around();
    if (around && !this.#palms.isOne(event))
      this.#enter(this.#state.release(this.#pointerOf(event), around), event);
  };

  readonly lost = (event: PointerEvent): void => {
    this.#pinch.up(event.pointerId);
    if (this.#palms.isOne(event)) return;
    this.cancel();
  };

  readonly leave = (): void => {
    this.#last = undefined;
    this.#host.redraw();
  };

  /**
   * Space held over the stage turns any tool into the hand. After Tab it belongs to the control
   * that has the focus, until the pointer moves again.
   */
  readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Tab") this.leave();
    if (event.code !== "Space" || isTyping(event)) return;
    if (event.type === "keyup") this.#isSpaceHeld = false;
    if (!this.#last) return;
    // Or a button that was used before would be pressed again.
    event.preventDefault();
    this.#isSpaceHeld = event.type === "keydown";
    if (event.type === "keydown") {
      if (!event.repeat) this.#spaceAt = event.timeStamp;
    } else if (this.#spaceAt !== undefined) {
      if (event.timeStamp - this.#spaceAt < TAP_MS) this.#host.finish();
      this.#spaceAt = undefined;
    }
    this.#host.redraw();
  };

  /** A pen comes down: what a palm has begun was not meant. */
  #leaveTouches(): void {
    this.#pinch.clear();
    this.cancel();
  }

  #enter({ state, action }: Step, { ctrlKey = false }: { readonly ctrlKey?: boolean } = {}): void {
    this.#state = state;
    if (action?.kind === "pan") this.#host.viewport.pan(action.dx, action.dy);
    else if (action) this.#host.act(action, ctrlKey && !isMac);
    this.#host.redraw();
  }

  #pointerOf(event: PointerEvent): Pointer {
    const { left, top } = (event.target as HTMLElement).getBoundingClientRect();
    const on: Point = { x: event.clientX - left, y: event.clientY - top };
    return {
      on,
      at: toPicture(this.#host.viewport.frame, on),
      button: isRight(event) ? "right" : "left",
      shift: event.shiftKey,
    };
  }
}

/** The button of a pen that was turned round, to its eraser. */
const ERASER = 5;

function isRight({ button, ctrlKey }: PointerEvent): boolean {
  return button === 2 || button === ERASER || (isMac && ctrlKey && button === 0);
}

/** Whether a key goes into a field; shadow roots hide where, so the event's whole path counts. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (target instanceof HTMLInputElement)
    return target.type !== "range" && target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement;
}
