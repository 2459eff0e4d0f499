import type { TensorData } from "../tensor/hostTensor.ts";

/** Matrices `[lines, terms]`, one after another for each batch entry. */
export interface Matrices {
  readonly data: TensorData;
  readonly lines: number;
  readonly terms: number;
  /** How far apart neighbouring lines lie. */
  readonly lineStep: number;
  /** How far apart neighbouring terms lie. */
  readonly termStep: number;
}

/** Lines of each operand that are multiplied at a time: their 16 sums stay in registers. */
const BLOCK = 4;

/**
 * `out[batch, i, j] = Σ_k a[batch, i, k] · b[batch, j, k]`, summed in double precision.
 *
 * Both operands are first copied, as doubles, into panels of four lines with the terms running
 * slowest, so that the inner loop reads both straight ahead.
 */
export function multiplyMatrices(out: TensorData, a: Matrices, b: Matrices, batch: number): void {
  const { terms } = a;
  const panelsOfA = new Float64Array(Math.ceil(a.lines / BLOCK) * BLOCK * terms);
  const panelsOfB = new Float64Array(Math.ceil(b.lines / BLOCK) * BLOCK * terms);
  const sums = new Float64Array(BLOCK * BLOCK);
  for (let entry = 0; entry < batch; entry++) {
    pack(panelsOfA, a, entry * a.lines * terms);
    pack(panelsOfB, b, entry * b.lines * terms);
    for (let i = 0; i < a.lines; i += BLOCK) {
      const rows = Math.min(BLOCK, a.lines - i);
      for (let j = 0; j < b.lines; j += BLOCK) {
        const columns = Math.min(BLOCK, b.lines - j);
        multiplyPanels(sums, panelsOfA, i * terms, panelsOfB, j * terms, terms);
        const to = (entry * a.lines + i) * b.lines + j;
        for (let r = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++) out[to + r * b.lines + c] = sums[r * BLOCK + c];
        }
      }
    }
  }
}

/** Copy one matrix into panels `[lines / 4, terms, 4]`; lines that are not there stay 0. */
function pack(panels: Float64Array, matrix: Matrices, from: number): void {
  const { data, lines, terms, lineStep, termStep } = matrix;
  for (let line = 0; line < lines; line++) {
    let to = (line - (line % BLOCK)) * terms + (line % BLOCK);
    let at = from + line * lineStep;
    for (let k = 0; k < terms; k++, to += BLOCK, at += termStep) panels[to] = data[at];
  }
}

function multiplyPanels(
  sums: Float64Array,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  terms: number,
): void {
  let s00 = 0,
    s01 = 0,
    s02 = 0,
    s03 = 0;
  let s10 = 0,
    s11 = 0,
    s12 = 0,
    s13 = 0;
  let s20 = 0,
    s21 = 0,
    s22 = 0,
    s23 = 0;
  let s30 = 0,
    s31 = 0,
    s32 = 0,
    s33 = 0;
  for (const end = i + BLOCK * terms; i < end; i += BLOCK, j += BLOCK) {
    const b0 = b[j],
      b1 = b[j + 1],
      b2 = b[j + 2],
      b3 = b[j + 3];
    const a0 = a[i];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = a[i + 1];
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = a[i + 2];
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = a[i + 3];
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  sums[0] = s00;
  sums[1] = s01;
  sums[2] = s02;
  sums[3] = s03;
  sums[4] = s10;
  sums[5] = s11;
  sums[6] = s12;
  sums[7] = s13;
  sums[8] = s20;
  sums[9] = s21;
  sums[10] = s22;
  sums[11] = s23;
  sums[12] = s30;
  sums[13] = s31;
  sums[14] = s32;
  sums[15] = s33;
}
