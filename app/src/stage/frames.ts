/** When the stage is drawn: at most once a frame, and again until all in sight is as it should be. */

export interface Drawn {
  /** All in sight is drawn as it should be. */
  readonly isComplete: boolean;
  /** There is nothing to draw in the next frame. */
  readonly isDone: boolean;
}

export class Frames {
  readonly #draw: () => Drawn;
  #asked: number | undefined;
  #waiting: (() => void)[] = [];

  constructor(draw: () => Drawn) {
    this.#draw = draw;
  }

  /** Draw in the next frame. */
  soon(): void {
    this.#asked ??= requestAnimationFrame(() => this.now());
  }

  now(): void {
    if (this.#asked !== undefined) cancelAnimationFrame(this.#asked);
    this.#asked = undefined;
    const { isComplete, isDone } = this.#draw();
    if (!isDone) this.soon();
    if (isComplete) for (const tell of this.#waiting.splice(0)) tell();
  }

  /** Resolves when all in sight is drawn as it should be. */
  get complete(): Promise<void> {
    this.soon();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
