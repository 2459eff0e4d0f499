import type { Mask } from "../image/pixels.ts";
import { maskOfRunLengths, type RunLengths } from "../image/runLengths.ts";
import type { Locked } from "./promised.ts";
import type { State } from "./session.ts";

/** What is locked; `undefined` where nothing is. */
export function lockedPixels({ labels, locks }: State): Locked | undefined {
  if (locks.size === 0) return undefined;
  const finished = [...locks.keys()].map((label) => labels.indexOf(label));
  const masks = [...locks.values()].map(drawn);
  const owners = new Uint16Array(masks[0].data.length);
  masks.forEach(({ data }, i) => {
    for (let at = 0; at < data.length; at++) if (data[at] === 1) owners[at] = finished[i] + 1;
  });
  return { finished, owners };
}

const drawnBefore = new WeakMap<RunLengths, Mask>();

function drawn(pixels: RunLengths): Mask {
  const known = drawnBefore.get(pixels);
  if (known) return known;
  const mask = maskOfRunLengths(pixels);
  drawnBefore.set(pixels, mask);
  return mask;
}
