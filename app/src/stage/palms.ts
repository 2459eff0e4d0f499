/**
 * A hand that holds a pen rests on the screen: what touches beside a pen is not meant. So is what
 * comes shortly before and after it.
 */
export class Palms {
  #penAt = Number.NEGATIVE_INFINITY;
  #isPenDown = false;

  /** @returns whether an event of a pointer is to be left out. */
  isOne({ pointerType, type, timeStamp }: PalmEvent): boolean {
    if (pointerType === "pen") {
      this.#penAt = timeStamp;
      if (type === "pointerdown") this.#isPenDown = true;
      if (type === "pointerup" || type === "pointercancel") this.#isPenDown = false;
    }
    const isNear = this.#isPenDown || timeStamp - this.#penAt < NEAR_MS;
    return pointerType === "touch" && isNear;
  }
}

/** So long after a pen was there, touches are still of its hand, in milliseconds. */
const NEAR_MS = 500;

type PalmEvent = Pick<PointerEvent, "pointerType" | "type" | "timeStamp">;
