/** The loops behind attention: logits of some rows at a time, so that no array of all pairs is made. */

import { type HostTensor, sizeOf, type TensorData } from "../../tensor/hostTensor.ts";
import { layOut } from "../../tensor/layOut.ts";
import { type Matrices, multiplyMatrices } from "../kernels/matrixProduct.ts";
import type { AttentionRoles } from "./attentionAxes.ts";

/** So many logits at a time: few enough for a processor's cache, and more than pay for a call. */
const LOGITS_AT_A_TIME = 2 ** 18;

/** Logits of neighbouring rows of one batch entry. */
export interface RowsOfLogits {
  /** Which batch entry. */
  readonly entry: number;
  /** The first row, and how many there are. */
  readonly from: number;
  readonly count: number;
  /** `[count, keys]`, in doubles; to be overwritten at will. */
  readonly logits: Float64Array;
}

/** Visit the dot products of all rows with all keys, some rows at a time. */
export function forEachRows(
  [query, key]: readonly HostTensor[],
  { batch, rows, keys, channels }: AttentionRoles,
  visit: (rows: RowsOfLogits) => void,
): void {
  const q = layOut(query, [...batch, rows, channels]);
  const k = layOut(key, [...batch, keys, channels]);
  const atATime = Math.min(rows.size, Math.max(1, Math.floor(LOGITS_AT_A_TIME / keys.size)));
  const space = new Float64Array(atATime * keys.size);
  for (let entry = 0; entry < sizeOf(batch); entry++) {
    const ofKeys = linesOf(k, entry * keys.size, keys.size, channels.size);
    for (let from = 0; from < rows.size; from += atATime) {
      const count = Math.min(atATime, rows.size - from);
      const logits = space.subarray(0, count * keys.size);
      const ofRows = linesOf(q, entry * rows.size + from, count, channels.size);
      multiplyMatrices(logits, ofRows, ofKeys, 1);
      visit({ entry, from, count, logits });
    }
  }
}

/** `count` lines of a row-major `[lines, terms]` from line `from` on. */
export function linesOf(data: TensorData, from: number, count: number, terms: number): Matrices {
  const part = data.subarray(from * terms, (from + count) * terms);
  return { data: part, lines: count, terms, lineStep: terms, termStep: 1 };
}

/** The same matrix read by columns. */
export function transposed({ data, lines, terms, lineStep, termStep }: Matrices): Matrices {
  return { data, lines: terms, terms: lines, lineStep: termStep, termStep: lineStep };
}
