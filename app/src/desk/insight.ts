/** Why a pixel, where to click next, what has changed, and what a first click would do. */

import {
  changedPixels,
  type Explanation,
  state as inForce,
  type Label,
  type PixelPoint,
  type Session,
  suggestClicks,
  whyPixel,
} from "maskwise";
import { latest } from "../engine/latest.ts";
import type { Stage } from "../stage/stage.ts";
import type { Insight } from "../state/insight.ts";
import {
  type Answer,
  type State,
  selectedLabel,
  selectedPhoto,
  visibleAnswer,
} from "../state/state.ts";
import { texts } from "../texts.ts";
import type { Studio } from "./studio.ts";

/** Pressed again, it goes on to the next of so many places. */
const SUGGESTIONS = 5;

/** Less undecided regions are sought where nothing is more undecided. */
const THRESHOLDS = [0.5, 0.25, 0.1] as const;

/** Of the suggestions of an answer, the one that was gone to last. */
const goneTo = new WeakMap<Answer, number>();

/** Go to where the next click would help most: Enter says object there, Shift and Enter background. */
export function goToSuggestion(studio: Studio, stage: Stage): void {
  const answer = visibleAnswer(studio.state);
  if (!answer) return;
  const { uncertainty } = answer.segmentation;
  for (const threshold of THRESHOLDS) {
    const places = suggestClicks(uncertainty, { threshold, count: SUGGESTIONS });
    if (places.length === 0) continue;
    const next = ((goneTo.get(answer) ?? -1) + 1) % places.length;
    goneTo.set(answer, next);
    const place = places[next];
    studio.change({ tool: "click" });
    if (place) stage.pointAt(place.at);
    return;
  }
  studio.notify("done", texts.insight.allDecided);
}

/** What a new answer has otherwise than the one before on the same photo. */
export function noteChanges(
  studio: Studio,
  { answer: before }: State,
  { answer: now, selected }: State,
): void {
  if (now === undefined || now === before || now.photo !== selected) return;
  const same = before?.photo === now.photo ? before : undefined;
  const changed = changedPixels(same?.segmentation, now.segmentation);
  const isSomething = changed.gained + changed.lost + changed.switched > 0;
  changeInsight(studio, { changed: isSomething ? changed : undefined, reasons: [] });
}

export function acceptChanges(studio: Studio): void {
  changeInsight(studio, { changed: undefined });
}

export function toggleInsight(studio: Studio, what: "changes" | "why" | "unsure"): void {
  const { insight } = studio.state;
  changeInsight(studio, { [what]: !insight[what], reasons: [] });
}

/** @param from Pixels at least this undecided are unsure, in (0, 1]. */
export function setUnsureFrom(studio: Studio, from: number): void {
  changeInsight(studio, { unsureFrom: from });
}

function changeInsight(studio: Studio, next: Partial<Insight>): void {
  studio.change({ insight: { ...studio.state.insight, ...next } });
}

/** What the pointer asks by being over a pixel; only the newest place is answered. */
export class Hovering {
  readonly #studio: Studio;
  readonly #places = latest<PixelPoint>((at) => this.#look(at));
  #explained:
    | { readonly session: Session; readonly label: Label; readonly explanation: Explanation }
    | undefined;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** @param at Under the pointer; `undefined` once it is beside the photo. */
  over(at: PixelPoint | undefined): void {
    const { insight, work } = this.#studio.state;
    if (at === undefined) {
      this.#places.forget();
      if (insight.preview || insight.reasons.length > 0) this.#show({});
    } else if (work.kind === "idle") {
      this.#places.ask(at);
    }
  }

  /** Resolves when the newest place has been dealt with. */
  settled(): Promise<void> {
    return this.#places.settled();
  }

  async #look(at: PixelPoint): Promise<void> {
    const { state, engine } = this.#studio;
    const photo = selectedPhoto(state);
    const segmenter = photo && engine.opened(photo.id);
    if (!photo?.session || !segmenter) return;
    const { session } = photo;
    try {
      if (inForce(session).prompts.size === 0 && state.tool === "click") {
        this.#show({ preview: await segmenter.preview(at) });
      } else if (state.insight.why) {
        const label = this.#labelAt(at) ?? selectedLabel(photo);
        const explanation = await this.#explain(session, label, (one, name) =>
          segmenter.explain(one, name),
        );
        if (explanation) this.#show({ reasons: whyPixel(explanation, at, session) });
      } else if (state.insight.preview) {
        this.#show({});
      }
    } catch {
      // A worker that broke, or a photo that was closed: the next place is looked at anew.
      this.#show({});
    }
  }

  /** The object at a pixel; for the background the first, which it is not. */
  #labelAt({ x, y }: PixelPoint): Label | undefined {
    const answer = visibleAnswer(this.#studio.state);
    if (!answer) return undefined;
    const { mask, labels } = answer.segmentation;
    return labels[Math.max(1, mask.data[y * mask.width + x] ?? 1)];
  }

  /** Asked once for a session and a label; every other pixel is then looked up. */
  async #explain(
    session: Session,
    label: Label,
    ask: (session: Session, label: Label) => Promise<Explanation | undefined>,
  ): Promise<Explanation | undefined> {
    const known = this.#explained;
    if (known?.session === session && known.label === label) return known.explanation;
    const explanation = await ask(session, label);
    if (explanation) this.#explained = { session, label, explanation };
    return explanation;
  }

  #show({ preview, reasons = [] }: Partial<Pick<Insight, "preview" | "reasons">>): void {
    changeInsight(this.#studio, { preview, reasons });
  }
}
