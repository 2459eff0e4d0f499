import { type Click, OBJECT } from "../../clicks/prompts.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";

/** Numbers for a network's `ClickInputs`, `[batch, clicks]` each. */
export type ClickTensors = Readonly<Record<"row" | "column" | "says" | "weight", HostTensor>>;

/** The centre of pixel (0, 0), as networks count. */
const CENTRE = 0.5;

/**
 * Lists of clicks, one for each image, padded to one length.
 *
 * @param length At least as many as there are in any list.
 * @throws {RangeError} When a list is longer.
 */
export function clickTensors(clicks: readonly (readonly Click[])[], length: number): ClickTensors {
  const longest = Math.max(...clicks.map((own) => own.length));
  if (longest > length) {
    throw new RangeError(`clickTensors: expected at most ${length} clicks, got ${longest}.`);
  }
  const sizes = { batch: clicks.length, clicks: length };
  const of = (value: (click: Click) => number): HostTensor => {
    const data = new Float32Array(clicks.length * length);
    clicks.forEach((own, image) => {
      own.forEach((click, place) => {
        data[image * length + place] = value(click);
      });
    });
    return tensor(sizes, data);
  };
  return {
    row: of(({ at }) => at.y + CENTRE),
    column: of(({ at }) => at.x + CENTRE),
    says: of(({ says }) => (says === OBJECT ? 1 : 0)),
    weight: of(() => 1),
  };
}
