import { INSIDE } from "../../clicks/truth.ts";
import type { Annotated } from "../dataSet.ts";

/**
 * The object of one picture laid over another picture of the same size.
 *
 * @param asked Whether the object asked for is the one on top, or what is left of the one below.
 */
export function pasted(below: Annotated, above: Annotated, asked: "above" | "below"): Annotated {
  const { width, height } = below.truth;
  const data = Uint8Array.from(below.picture.data);
  const truth = Uint8Array.from(below.truth.data);
  for (let at = 0; at < truth.length; at++) {
    const covers = above.truth.data[at] === INSIDE;
    if (covers) data.set(above.picture.data.subarray(3 * at, 3 * at + 3), 3 * at);
    // Whatever was undecided below is no part of an object that was laid on it.
    if (covers || asked === "above") truth[at] = covers && asked === "above" ? INSIDE : 0;
  }
  return { picture: { width, height, data }, truth: { width, height, data: truth } };
}
