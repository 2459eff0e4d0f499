/** `<maskwise-evaluation>`: how good the model is on a folder of photos with known masks. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import {
  type DataSet,
  protocol,
  REPORT_FORMAT,
  REPORT_VERSION,
  type Report,
  randomNumbers,
  type Sample,
  type Skipped,
  setReport,
} from "maskwise";
import { version } from "../../package.json";
import { withAssets } from "../engine/assets.ts";
import { FileProblem } from "../files/fileProblem.ts";
import { texts } from "../texts.ts";
import { floating } from "../view/floating.ts";
import { theme } from "../view/theme.ts";
import { chosenFolder, droppedFolder, type Folder } from "./folder.ts";
import { results } from "./results.ts";
import { setsIn } from "./setsIn.ts";
import type { Answer, Order } from "./worker.ts";
import EvaluationWorker from "./worker.ts?worker&inline";

const SEED = 0;

export class Evaluation extends LitElement {
  static override styles = [theme, floating];

  /** The name of the model that is evaluated. */
  model = "";
  #isShown = false;
  #folder: Folder = { name: "", files: new Map() };
  #sets: readonly DataSet[] = [];
  #trouble: string | undefined;
  #progress:
    | { readonly done: number; readonly total: number; readonly seconds: number }
    | undefined;
  #report: Report | undefined;
  #stop: (() => void) | undefined;

  /** Open the dialog; nothing of it is built before. */
  show(): void {
    this.#isShown = true;
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector("dialog")?.showModal());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.#isShown) return nothing;
    const say = texts.evaluation;
    const own = (event: Event): void => event.stopPropagation();
    return html`<dialog
      aria-label=${say.title}
      @keydown=${own}
      @dragenter=${own}
      @dragleave=${own}
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${this.#onDrop}
    >
      <div class="help">
        <h1>${say.title}</h1>
        <p>${say.drop}</p>
        <label>${say.choose} <input type="file" webkitdirectory @change=${this.#onChosen} /></label>
        ${this.#trouble ? html`<p role="alert" class="lines">${this.#trouble}</p>` : nothing}
        ${this.#sets.length > 0 ? this.#form() : nothing} ${this.#working()}
        ${this.#report ? results(this.#report) : nothing}
        <p><button @click=${() => this.renderRoot.querySelector("dialog")?.close()}>${say.close}</button></p>
      </div>
    </dialog>`;
  }

  #form(): TemplateResult {
    const say = texts.evaluation;
    return html`<form @submit=${this.#onStart}>
      <label>${say.set} <select name="set">${this.#sets.map(
        ({ name, count }) => html`<option value=${name}>${say.found(name, count)}</option>`,
      )}</select></label>
      <label>${say.objects} <input name="objects" type="number" min="1" value="50" /></label>
      <label>${say.clicks} <input name="clicks" type="number" min="1" max="100" value="20" /></label>
      <button ?disabled=${this.#stop !== undefined}>${say.start}</button>
    </form>`;
  }

  #working(): TemplateResult | typeof nothing {
    if (!this.#progress || !this.#stop) return nothing;
    const { done, total, seconds } = this.#progress;
    return html`<p>
      <progress max=${total} .value=${done}></progress>
      <output>${texts.evaluation.progress(done, total, seconds)}</output>
      <button data-action="stop" @click=${() => this.#stop?.()}>${texts.evaluation.stop}</button>
    </p>`;
  }

  readonly #onChosen = (event: Event): void => {
    const { files } = event.target as HTMLInputElement;
    void this.#take(Promise.resolve(chosenFolder(files ?? [])));
  };

  readonly #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!event.dataTransfer) return;
    void this.#take(droppedFolder(event.dataTransfer));
  };

  async #take(taken: Promise<Folder | undefined>): Promise<void> {
    this.#stop?.();
    this.#sets = [];
    this.#report = undefined;
    this.#trouble = undefined;
    try {
      const folder = await taken;
      if (!folder) throw new FileProblem(texts.evaluation.noFolder);
      this.#folder = folder;
      this.#sets = await setsIn(folder);
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  readonly #onStart = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const set = String(form.get("set"));
    const objects = Number(form.get("objects"));
    const { count = objects } = this.#sets.find(({ name }) => name === set) ?? {};
    const clicks = Number(form.get("clicks"));
    const { model } = this;
    this.#evaluate({ folder: this.#folder, set, objects, clicks, model }, Math.min(count, objects));
  };

  /** @param total How many objects there are, or at most are where a set does not know. */
  #evaluate(order: Order, total: number): void {
    const worker = new EvaluationWorker(withAssets);
    const samples: Sample[] = [];
    const skipped: Skipped[] = [];
    const begun = performance.now();
    let device = "";
    const end = (complete: boolean, trouble?: string): void => {
      worker.terminate();
      this.#stop = undefined;
      this.#trouble = trouble;
      this.#report = reportOf(order, device, samples, skipped, complete);
      this.requestUpdate();
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("error" in data) return end(false, texts.evaluation.failed(data.error));
      if ("done" in data) return end(true, samples.length === 0 ? noneOf(skipped) : undefined);
      if ("device" in data) {
        device = data.device;
        return;
      }
      if ("sample" in data) samples.push(data.sample);
      else skipped.push(data.skipped);
      const done = samples.length + skipped.length;
      const seconds = ((performance.now() - begun) / 1000 / done) * (total - done);
      this.#progress = { done, total, seconds };
      this.requestUpdate();
    };
    worker.onerror = ({ message }) => end(false, texts.evaluation.failed(message));
    this.#progress = { done: 0, total, seconds: 0 };
    this.#report = undefined;
    this.#trouble = undefined;
    this.#stop = () => end(false, texts.evaluation.stopped(samples.length));
    worker.postMessage(order);
    this.requestUpdate();
  }
}

/** Why a set has no numbers. */
function noneOf([first]: readonly Skipped[]): string {
  return first ? `${first.id}: ${first.reason}` : texts.evaluation.isEmpty;
}

function reportOf(
  { set, clicks, model }: Order,
  device: string,
  samples: readonly Sample[],
  skipped: readonly Skipped[],
  complete: boolean,
): Report | undefined {
  if (samples.length === 0) return undefined;
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    maskwise: version,
    protocol: protocol({ clicks, pattern: "centre", seed: SEED, flip: false, zoom: false }),
    model,
    device: `${device}; photos decoded by the browser; ${navigator.userAgent}`,
    complete,
    sets: { [set]: setReport(samples, skipped, randomNumbers) },
  };
}
