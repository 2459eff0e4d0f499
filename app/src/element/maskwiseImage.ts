/**
 * `<maskwise-image>`: a picture that people cut objects out of by clicking on it, for any page. It
 * holds one picture and what was said about it; whatever surrounds it (buttons, lists, where masks
 * go) is the page's.
 */

import {
  addLabel,
  BACKGROUND,
  type FormatName,
  formats,
  state as inForce,
  type Label,
  newSession,
  OBJECT,
  type Prompt,
  pixel,
  type RemoteSegmentation,
  redo,
  restart,
  type Session,
  say,
  takeBack,
  undo,
} from "maskwise";
import { withAssets } from "../engine/assets.ts";
import { chosenModel } from "../engine/chosenModel.ts";
import type { Stage, StageEvent } from "../stage/stage.ts";
import { withColours } from "../state/colours.ts";
import { FIRST_STATE } from "../state/state.ts";
import { texts } from "../texts.ts";
import StartWorker from "../worker.ts?worker&inline";
import type { MaskwiseEvent, MaskwiseEventName, MaskwiseEvents } from "./events.ts";
import { type ImageSource, nameOf } from "./imageSource.ts";
import { afterAction } from "./inside/afterAction.ts";
import { Segmenting } from "./inside/segmenting.ts";
import { shownFrom } from "./inside/shownFrom.ts";
import { STYLE } from "./inside/style.ts";
import { type LabelMask, labelMasks } from "./labelMasks.ts";
import type { MaskLook } from "./maskLook.ts";

/** What the pointer can do. */
export type ImageTool = (typeof TOOLS)[number];

const TOOLS = ["click", "stroke", "box", "hand"] as const;

export class MaskwiseImage extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ["src", "model", "tool", "label"];

  readonly #stage: Stage;
  readonly #segmenting = new Segmenting({
    startWorker: () => new StartWorker(withAssets),
    model: () => this.model,
    tell: (name, detail) => this.#tell(name, detail),
  });
  #look = FIRST_STATE.look;
  #colours: ReadonlyMap<Label, string> = new Map();
  #hasDeferred = false;
  #loads = 0;
  #listening = new AbortController();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.#stage = document.createElement("maskwise-stage") as Stage;
    this.#stage.addEventListener("stage-action", (event) => this.#onAction(event as StageEvent));
    root.append(style, this.#stage);
    this.#show();
  }

  /** Name of the model: the attribute `model`, else the default one. */
  get model(): string {
    return this.getAttribute("model") ?? chosenModel(location);
  }

  set model(name: string) {
    this.setAttribute("model", name);
  }

  /** What the pointer does. @default "click" */
  get tool(): ImageTool {
    const asked = this.getAttribute("tool");
    return TOOLS.find((name) => name === asked) ?? "click";
  }

  set tool(name: ImageTool) {
    this.setAttribute("tool", name);
  }

  /** The label that a person's clicks say; the right button always says background. */
  get label(): Label {
    return this.getAttribute("label") ?? this.#segmenting.labels[1] ?? OBJECT;
  }

  set label(name: Label) {
    this.setAttribute("label", name);
  }

  get look(): MaskLook {
    return this.#look;
  }

  set look(look: MaskLook) {
    this.#look = { ...this.#look, ...look };
    this.#show();
  }

  /** Everything that was said. Assign one to bring back what was said before. */
  get session(): Session | undefined {
    return this.#segmenting.session;
  }

  set session(session: Session | undefined) {
    const shown = this.#segmenting.opened?.shown;
    if (shown) this.#segmenting.change(session ?? newSession(shown), "program");
  }

  /** The masks that are shown; while others are worked out, those of the session before. */
  get segmentation(): RemoteSegmentation | undefined {
    return this.#segmenting.segmentation;
  }

  /**
   * Show a picture and begin to encode it. What is clicked before that is done waits for it.
   *
   * @param labels The background first. @default ["background", "object"]
   * @returns Resolves when it is shown.
   * @throws {Error} It cannot be had, or is no picture that this browser knows.
   */
  async load(
    image: ImageSource,
    labels: readonly Label[] = [BACKGROUND, this.getAttribute("label") ?? OBJECT],
  ): Promise<void> {
    const load = ++this.#loads;
    const shown = await shownFrom(image);
    // Another one was asked for meanwhile.
    if (load === this.#loads) this.#segmenting.open(nameOf(image), shown, labels);
  }

  /** Say that a pixel belongs to a label. @returns the click's name, for `takeBack`. */
  addClick(at: { readonly x: number; readonly y: number }, says: Label = this.label): string {
    return this.say({ kind: "click", at: pixel(at.x, at.y), says });
  }

  /**
   * Say something: a click, a stroke or a box.
   *
   * @returns its name, for `takeBack`.
   * @throws {RangeError} Outside the picture, an unknown label, or a contradiction.
   */
  say(prompt: Prompt): string {
    this.#edit((session) => say(session, prompt));
    return [...inForce(this.#known()).prompts.keys()].at(-1) ?? "";
  }

  /** Take back anything that was said, as if it had never been. */
  takeBack(id: string): void {
    this.#edit((session) => takeBack(session, id));
  }

  undo(): void {
    this.#edit(undo);
  }

  redo(): void {
    this.#edit(redo);
  }

  /** Forget all that was said; labels stay, and undo brings it back. */
  clear(): void {
    this.#edit(restart);
  }

  /** Add an object, and let clicks say it. */
  addLabel(label: Label): void {
    this.#edit((session) => addLabel(session, label));
    this.label = label;
  }

  /**
   * The mask of every label but the background, of all that was said so far.
   *
   * @throws {Error} They could not be worked out, and why.
   */
  async masks(): Promise<readonly LabelMask[]> {
    const answer = await this.#segmenting.answer();
    return answer ? labelMasks(answer) : [];
  }

  /** The masks as a file: `png`, `indexed-png`, `coco`, `svg`, … */
  async toBlob(format: FormatName): Promise<Blob> {
    const answer = await this.#segmenting.answer();
    if (!answer) throw new Error(texts.nothingToExport);
    const { mask, labels } = answer;
    const picture = this.#segmenting.opened?.name ?? "picture";
    const bytes = formats[format].write(mask, { labels, picture });
    return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: formats[format].mediaType });
  }

  /** Stop encoding or answering; what was said stays, and the next change goes on. */
  cancel(): void {
    this.#segmenting.cancel();
  }

  /** Show the whole picture again. */
  fit(): void {
    this.#stage.viewport.fit();
  }

  /**
   * Hear of something.
   *
   *     const stop = element.on("change", ({ session }) => save(session));
   *
   * @returns Ends the hearing.
   */
  on<Name extends MaskwiseEventName>(
    name: Name,
    heard: (detail: MaskwiseEvents[Name]) => void,
  ): () => void {
    const listener = (event: Event): void => heard((event as MaskwiseEvent<Name>).detail);
    this.addEventListener(name, listener);
    return () => this.removeEventListener(name, listener);
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === "src" && now !== null) {
      this.load(now).catch((error: Error) => this.#tell("problem", { error }));
    } else if (name === "model") this.#segmenting.reopen();
    else this.#show();
  }

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const letGo = ({ key }: KeyboardEvent): void => {
      if (key === "Control") this.#askDeferred();
    };
    window.addEventListener("keyup", letGo, { signal });
    window.addEventListener("blur", () => this.#askDeferred(), { signal });
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    // Moved within the page, it is connected again by then.
    queueMicrotask(() => {
      if (!this.isConnected) this.#segmenting.rest();
    });
  }

  #known(): Session {
    const { session } = this.#segmenting;
    if (session) return session;
    throw new Error("maskwise-image: expected a picture, got none yet. Await load() first.");
  }

  #edit(change: (session: Session) => Session): void {
    this.#segmenting.change(change(this.#known()), "program");
  }

  #onAction({ detail: { action, defer } }: StageEvent): void {
    this.#hasDeferred ||= defer;
    try {
      this.#segmenting.change(afterAction(this.#known(), action), "person", defer);
    } catch (error) {
      this.#tell("problem", { error: error as Error });
    }
  }

  #askDeferred(): void {
    if (this.#hasDeferred) this.#segmenting.ask();
    this.#hasDeferred = false;
  }

  #tell<Name extends MaskwiseEventName>(name: Name, detail: MaskwiseEvents[Name]): void {
    this.#show();
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** What is on the stage is a function of what is held. */
  #show(): void {
    const { opened, session, segmentation, labels } = this.#segmenting;
    this.#colours = withColours(this.#colours, labels);
    Object.assign(this.#stage, {
      shown: opened?.shown,
      segmentation,
      prompts: session ? inForce(session).prompts : new Map(),
      colours: this.#colours,
      label: this.label,
      brush: FIRST_STATE.brush,
      tool: this.tool,
      look: this.#look,
    });
  }
}
