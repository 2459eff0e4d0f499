import type { RunLengths } from "./runLengths.ts";

/**
 * Intersection over union of two masks of one size, without making their pixels; 1 where both are
 * empty.
 */
export function runLengthsIou(a: RunLengths, b: RunLengths): number {
  let [both, either] = [0, 0];
  let [i, j] = [0, 0];
  let [restA, restB] = [a.counts[0] ?? 0, b.counts[0] ?? 0];
  while (i < a.counts.length && j < b.counts.length) {
    const step = Math.min(restA, restB);
    const [inA, inB] = [i % 2 === 1, j % 2 === 1];
    if (inA && inB) both += step;
    if (inA || inB) either += step;
    restA -= step;
    restB -= step;
    if (restA === 0) restA = a.counts[++i] ?? 0;
    if (restB === 0) restB = b.counts[++j] ?? 0;
  }
  return either === 0 ? 1 : both / either;
}
