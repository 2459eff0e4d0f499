/**
 * `<maskwise-annotator>`: the whole page. What it shows is a function of its studio's state.
 *
 * For tests, and for pages that embed it, these properties tell what it holds: `session`,
 * `segmentation`, `settled`, `clientPoint`, `openFiles`.
 */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import {
  state as inForce,
  type PixelPoint,
  type Prompt,
  type RemoteSegmentation,
  type Session,
} from "maskwise";
import type { Workplace } from "./commands.ts";
import { begin } from "./desk/begin.ts";
import { forgetDraft, keepDraft } from "./desk/drafts.ts";
import { finishObject, sayPrompt, sayPromptInstead, takePromptBack } from "./desk/edits.ts";
import { Hovering, noteChanges } from "./desk/insight.ts";
import { Neighbours } from "./desk/neighbours.ts";
import { labelInHand, openFiles } from "./desk/photos.ts";
import { polygonInHand, retouch, strokesUnderWay } from "./desk/retouch.ts";
import { Studio } from "./desk/studio.ts";
import { Thumbnails } from "./desk/thumbnails.ts";
import type { HistoryDialog } from "./dialogs/historyDialog.ts";
import type { ProjectDialog } from "./dialogs/projectDialog.ts";
import { withAssets } from "./engine/assets.ts";
import type { Evaluation } from "./evaluation/evaluation.ts";
import { chooseFolder, listenForFiles } from "./files/incoming.ts";
import { pressKey } from "./keys.ts";
import { keepOffline } from "./offline/keepOffline.ts";
import { type Point, pixelAt, toPicture } from "./stage/frame.ts";
import type { Stage, StageEvent } from "./stage/stage.ts";
import { hasUnsavedWork, selectedPhoto, visibleAnswer } from "./state/state.ts";
import { texts } from "./texts.ts";
import { device } from "./view/device.ts";
import { editingPanel } from "./view/editing.ts";
import { floating } from "./view/floating.ts";
import { header } from "./view/header.ts";
import { changesPill, insightPanel } from "./view/insight.ts";
import { readingOnly } from "./view/keeping.ts";
import { layout } from "./view/layout.ts";
import { lookPanel } from "./view/look.ts";
import { notices } from "./view/notices.ts";
import { objects } from "./view/objects.ts";
import { emptyPage, hint, work, zoom } from "./view/overStage.ts";
import { panels } from "./view/panels.ts";
import { photos } from "./view/photos.ts";
import { projectStyles } from "./view/projectStyles.ts";
import type { KeysChanged, Shortcuts } from "./view/shortcuts.ts";
import { theme } from "./view/theme.ts";
import StartWorker from "./worker.ts?worker&inline";

const NO_PROMPTS: ReadonlyMap<string, Prompt> = new Map();

export class Annotator extends LitElement {
  static override styles = [theme, layout, panels, floating, projectStyles];

  /** Resolves when the page shows what it begins with. */
  #begun: Promise<void> | undefined;
  #isDropping = false;
  /** Whether clicks made with Ctrl held wait for it to be let go. */
  #hasDeferred = false;
  #listening = new AbortController();
  readonly #studio = new Studio(
    () => new StartWorker(withAssets),
    (before, after) => {
      this.requestUpdate();
      this.#neighbours.changed(before, after);
      noteChanges(this.#studio, before, after);
    },
  );
  readonly #neighbours = new Neighbours(this.#studio);
  readonly #thumbnails = new Thumbnails(this.#studio);
  readonly #hovering = new Hovering(this.#studio);
  readonly #workplace: Workplace = {
    studio: this.#studio,
    stage: () => this.#stage,
    chooseFiles: () => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click(),
    chooseFolder: () => chooseFolder((files) => void this.openFiles(files)),
    showProject: () => this.renderRoot.querySelector<ProjectDialog>("maskwise-project")?.show(),
    showHistory: () => this.renderRoot.querySelector<HistoryDialog>("maskwise-history")?.show(),
    showHelp: () => this.#shortcuts?.show(),
    showEvaluation: () => this.renderRoot.querySelector<Evaluation>("maskwise-evaluation")?.show(),
  };

  /** What was said about the selected photo; `undefined` while none is shown. */
  get session(): Session | undefined {
    return selectedPhoto(this.#studio.state)?.session;
  }

  /** The mask that is shown; while another is worked out, that of the session before. */
  get segmentation(): RemoteSegmentation | undefined {
    return visibleAnswer(this.#studio.state)?.segmentation;
  }

  /** Resolves when nothing is under way and the page shows the mask of the newest session. */
  get settled(): Promise<void> {
    return this.#settle();
  }

  /** Where the middle of a pixel of the photo is in the window, in CSS pixels. */
  clientPoint(at: PixelPoint): Point {
    return this.#stage.clientPoint(at);
  }

  /** Add photos, as if they had been dropped. */
  openFiles(files: readonly File[]): Promise<void> {
    return this.#studio.track(this.#openFiles(files));
  }

  /** What is kept comes first: files that are dropped while it is read are added to it. */
  async #openFiles(files: readonly File[]): Promise<void> {
    await this.updateComplete;
    await this.#begun;
    await openFiles(this.#studio, files);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    listenForFiles({
      signal,
      take: (files) => void this.openFiles(files),
      closedFolder: () => this.#studio.notify("error", texts.evaluation.closedFolder),
      hover: (isOver) => {
        this.#isDropping = isOver;
        this.requestUpdate();
      },
    });
    window.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    window.addEventListener("keyup", ({ key }) => key === "Control" && this.#askDeferred(), {
      signal,
    });
    window.addEventListener("blur", () => this.#askDeferred(), { signal });
    window.addEventListener("beforeunload", (event) => this.#onLeaving(event), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#neighbours.end();
    this.#studio.end();
    this.#thumbnails.end();
  }

  override render(): TemplateResult {
    const studio = this.#studio;
    const { current, selected, look, tool, brush, colours, photos: list, insight } = studio.state;
    const isShown = current !== undefined && current.id === selected;
    const workplace = this.#workplace;
    return html`${header(workplace)}
      <main>
        <maskwise-stage
          .shown=${isShown ? current.shown : undefined}
          .segmentation=${isShown ? this.segmentation : undefined}
          .prompts=${isShown && this.session ? inForce(this.session).prompts : NO_PROMPTS}
          .colours=${colours}
          .label=${labelInHand(studio)}
          .brush=${brush}
          .hardness=${studio.state.retouching.hardness}
          .polygon=${tool === "polygon" && isShown ? polygonInHand(studio) : []}
          .pending=${isShown ? strokesUnderWay(studio) : []}
          .tool=${tool}
          .look=${look}
          .unsureFrom=${insight.unsure ? insight.unsureFrom : undefined}
          @stage-action=${this.#onAction}
          @stage-finish=${() => finishObject(studio)}
          @pointerup=${forgetDraft}
          @keyup=${() => keepDraft(this.#studio, this.#stage.unfinished())}
          @stage-moved=${() => this.requestUpdate()}
          @pointermove=${this.#onHover}
          @pointerleave=${() => this.#hovering.over(undefined)}
        ></maskwise-stage>
        ${
          isShown && this.hasUpdated
            ? html`<maskwise-insight
                .frame=${this.#stage.viewport.frame}
                .picture=${current.shown}
                .changed=${insight.changes ? insight.changed : undefined}
                .reasons=${insight.why ? insight.reasons : []}
                .preview=${insight.preview}
              ></maskwise-insight>`
            : nothing
        }
        ${changesPill(workplace)}
        ${list.length === 0 ? emptyPage(workplace) : nothing} ${work(workplace)} ${hint(workplace)}
        ${isShown && this.hasUpdated ? zoom(workplace) : nothing}
        ${readingOnly(studio)}
        ${this.#isDropping ? html`<div class="drop">${texts.stage.drop}</div>` : nothing}
      </main>
      <aside>
        ${objects(studio)} ${insightPanel(workplace)} ${editingPanel(workplace)}
        ${lookPanel(workplace)} ${photos(workplace)} ${device(studio)}
      </aside>
      ${notices(studio)}
      <maskwise-shortcuts
        .keys=${studio.state.keys}
        @keys-changed=${({ detail: keys }: KeysChanged) => studio.change({ keys })}
      ></maskwise-shortcuts>
      <maskwise-evaluation .model=${studio.model}></maskwise-evaluation>
      <maskwise-project .studio=${studio} .state=${studio.state}></maskwise-project>
      <maskwise-history .studio=${studio} .state=${studio.state}></maskwise-history>
      <input type="file" accept="image/*" multiple hidden @change=${this.#onChosen} />`;
  }

  protected override firstUpdated(): void {
    this.#begun = this.#studio.track(begin(this.#studio, location));
    void keepOffline(this.#studio);
  }

  protected override updated(): void {
    this.setAttribute("theme", this.#studio.state.theme);
    this.#thumbnails.look(this.renderRoot);
    const field = this.renderRoot.querySelector<HTMLInputElement>(".row input");
    if (!field || this.shadowRoot?.activeElement === field) return;
    field.focus();
    field.select();
  }

  get #shortcuts(): Shortcuts | null {
    return this.renderRoot.querySelector<Shortcuts>("maskwise-shortcuts");
  }

  get #stage(): Stage {
    const stage = this.renderRoot.querySelector<Stage>("maskwise-stage");
    if (!stage) throw new TypeError("annotator: expected to be on a page by now. Add it first.");
    return stage;
  }

  async #settle(): Promise<void> {
    await this.updateComplete;
    await this.#studio.settled();
    await this.updateComplete;
    await this.#stage.updateComplete;
  }

  readonly #onHover = ({ clientX, clientY, buttons }: PointerEvent): void => {
    const stage = this.#stage;
    keepDraft(this.#studio, stage.unfinished());
    const { left, top } = stage.getBoundingClientRect();
    const place = toPicture(stage.viewport.frame, { x: clientX - left, y: clientY - top });
    const { shown } = stage;
    this.#hovering.over(shown && buttons === 0 ? pixelAt(place, shown) : undefined);
  };

  readonly #onAction = ({ detail: { action, defer } }: StageEvent): void => {
    this.#hasDeferred ||= defer;
    forgetDraft();
    switch (action.kind) {
      case "say":
        sayPrompt(this.#studio, action.prompt, { defer });
        break;
      case "say instead":
        sayPromptInstead(this.#studio, action.id, action.prompt, { defer });
        break;
      case "take back":
        takePromptBack(this.#studio, action.id, { defer });
        break;
      case "edit":
        retouch(this.#studio, action.edit, { defer });
        break;
      case "choose an object":
        this.#studio.notify("error", texts.chooseObject);
        break;
      case "pan":
        break; // the stage has moved the photo itself
      default:
        action satisfies never;
    }
  };

  readonly #onChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // So that choosing the same file again is a change again.
    input.value = "";
    void this.openFiles(files);
  };

  #onKey(event: KeyboardEvent): void {
    const isInDialog = event.composedPath().some((one) => one instanceof HTMLDialogElement);
    if (!this.#shortcuts?.isOpen && !isInDialog) pressKey(event, this.#workplace);
  }

  #askDeferred(): void {
    if (!this.#hasDeferred) return;
    this.#hasDeferred = false;
    this.#studio.ask();
  }

  #onLeaving(event: BeforeUnloadEvent): void {
    if (hasUnsavedWork(this.#studio.state)) event.preventDefault();
  }
}
