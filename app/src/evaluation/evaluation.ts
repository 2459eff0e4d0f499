/** `<maskwise-evaluation>`: how good the model is on a folder of photos with known masks. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import {
  DEFAULT_MODEL,
  type EvaluationRow,
  evaluationRows,
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
import { texts } from "../texts.ts";
import { floating } from "../view/floating.ts";
import { theme } from "../view/theme.ts";
import { chosenFolder, droppedFolder, type Folder, readFrom, setsOf } from "./folder.ts";
import { results } from "./results.ts";
import type { Answer, Order } from "./worker.ts";
import EvaluationWorker from "./worker.ts?worker&inline";

const SEED = 0;

export class Evaluation extends LitElement {
  static override styles = [theme, floating];

  #isShown = false;
  #folder: Folder = new Map();
  #rows: readonly EvaluationRow[] = [];
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
        ${this.#trouble ? html`<p role="alert">${this.#trouble}</p>` : nothing}
        ${this.#rows.length > 0 ? this.#form() : nothing} ${this.#working()}
        ${this.#report ? results(this.#report) : nothing}
        <p><button @click=${() => this.renderRoot.querySelector("dialog")?.close()}>${say.close}</button></p>
      </div>
    </dialog>`;
  }

  #form(): TemplateResult {
    const say = texts.evaluation;
    return html`<form @submit=${this.#onStart}>
      <p>${say.found(this.#rows.length)}</p>
      <label>${say.set} <select name="set">${setsOf(this.#rows).map((set) => html`<option>${set}</option>`)}</select></label>
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
    void this.#take(chosenFolder((event.target as HTMLInputElement).files ?? []));
  };

  readonly #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer)
      void droppedFolder(event.dataTransfer).then((folder) => this.#take(folder));
  };

  async #take(folder: Folder): Promise<void> {
    this.#stop?.();
    this.#folder = folder;
    this.#rows = [];
    this.#report = undefined;
    this.#trouble = undefined;
    try {
      this.#rows = await evaluationRows({ read: readFrom(folder) });
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  readonly #onStart = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const set = String(form.get("set"));
    const rows = this.#rows.filter((row) => row.set === set).slice(0, Number(form.get("objects")));
    this.#evaluate(set, { folder: this.#folder, rows, clicks: Number(form.get("clicks")) });
  };

  #evaluate(set: string, order: Order): void {
    const worker = new EvaluationWorker();
    const samples: Sample[] = [];
    const skipped: Skipped[] = [];
    const total = order.rows.length;
    const begun = performance.now();
    const end = (trouble?: string): void => {
      worker.terminate();
      this.#stop = undefined;
      this.#trouble = trouble;
      const complete = samples.length + skipped.length === total;
      this.#report = reportOf(set, samples, skipped, order.clicks, complete);
      this.requestUpdate();
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("error" in data) return end(texts.evaluation.failed(data.error));
      if ("sample" in data) samples.push(data.sample);
      else skipped.push(data.skipped);
      const done = samples.length + skipped.length;
      const seconds = ((performance.now() - begun) / 1000 / done) * (total - done);
      this.#progress = { done, total, seconds };
      if (done === total) end(samples.length === 0 ? skipped[0]?.reason : undefined);
      this.requestUpdate();
    };
    worker.onerror = ({ message }) => end(texts.evaluation.failed(message));
    this.#progress = { done: 0, total, seconds: 0 };
    this.#report = undefined;
    this.#trouble = undefined;
    this.#stop = () => end(texts.evaluation.stopped(samples.length));
    worker.postMessage(order);
    this.requestUpdate();
  }
}

function reportOf(
  set: string,
  samples: readonly Sample[],
  skipped: readonly Skipped[],
  clicks: number,
  complete: boolean,
): Report | undefined {
  if (samples.length === 0) return undefined;
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    maskwise: version,
    protocol: protocol({ clicks, pattern: "centre", seed: SEED, flip: false, zoom: false }),
    model: DEFAULT_MODEL,
    device: `interpreter, float32; photos decoded by the browser; ${navigator.userAgent}`,
    complete,
    sets: { [set]: setReport(samples, skipped, randomNumbers) },
  };
}
