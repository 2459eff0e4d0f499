import type { TensorData } from "../../tensor/hostTensor.ts";

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

/** Up to so many multiplications, copying into panels takes longer than it saves. */
const SMALL = 1024;

/**
 * `out[batch, i, j] = Σ_k a[batch, i, k] · b[batch, j, k]`, summed in double precision.
 *
 * @param out Every entry is written; what it held before does not matter.
 */
export function multiplyMatrices(out: TensorData, a: Matrices, b: Matrices, batch: number): void {
  if (a.lines * b.lines * a.terms <= SMALL) multiplySmall(out, a, b, batch);
  else if (b.lines < BLOCK) multiplyByFew(out, b.lines, 1, a, b, batch);
  else if (a.lines < BLOCK) multiplyByFew(out, 1, b.lines, b, a, batch);
  else multiplyBlocks(out, a, b, batch);
}

function multiplySmall(out: TensorData, a: Matrices, b: Matrices, batch: number): void {
  const { terms } = a;
  const [aData, aStep, bData, bStep] = [a.data, a.termStep, b.data, b.termStep];
  let to = 0;
  for (let entry = 0; entry < batch; entry++) {
    for (let row = 0; row < a.lines; row++) {
      for (let column = 0; column < b.lines; column++) {
        let i = entry * a.lines * terms + row * a.lineStep;
        let j = entry * b.lines * terms + column * b.lineStep;
        let total = 0;
        for (let k = 0; k < terms; k++, i += aStep, j += bStep) total += aData[i] * bData[j];
        out[to++] = total;
      }
    }
  }
}

/**
 * Many lines against each of a few, read where they lie: every number is used too seldom to be
 * copied first.
 */
function multiplyByFew(
  out: TensorData,
  manyStep: number,
  fewStep: number,
  many: Matrices,
  few: Matrices,
  batch: number,
): void {
  const { terms } = many;
  const factors = new Float64Array(terms);
  const totals = new Float64Array(many.lines);
  for (let entry = 0; entry < batch; entry++) {
    const from = entry * many.lines * terms;
    for (let line = 0; line < few.lines; line++) {
      let at = entry * few.lines * terms + line * few.lineStep;
      for (let k = 0; k < terms; k++, at += few.termStep) factors[k] = few.data[at];
      if (many.termStep === 1) sumAlongLines(totals, many, from, factors);
      else sumAcrossLines(totals, many, from, factors);
      let to = entry * many.lines * few.lines + line * fewStep;
      for (let i = 0; i < totals.length; i++, to += manyStep) out[to] = totals[i];
    }
  }
}

/** `totals[line] = Σ_k data[line, k] · factors[k]`, four lines at a time. */
function sumAlongLines(
  totals: Float64Array,
  { data, lines, terms, lineStep }: Matrices,
  from: number,
  factors: Float64Array,
): void {
  let line = 0;
  for (; line + BLOCK <= lines; line += BLOCK) {
    const [i0, i1, i2, i3] = [0, 1, 2, 3].map((more) => from + (line + more) * lineStep);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < terms; k++) {
      const factor = factors[k];
      s0 += data[i0 + k] * factor;
      s1 += data[i1 + k] * factor;
      s2 += data[i2 + k] * factor;
      s3 += data[i3 + k] * factor;
    }
    totals[line] = s0;
    totals[line + 1] = s1;
    totals[line + 2] = s2;
    totals[line + 3] = s3;
  }
  for (; line < lines; line++) {
    const at = from + line * lineStep;
    let total = 0;
    for (let k = 0; k < terms; k++) total += data[at + k] * factors[k];
    totals[line] = total;
  }
}

/** The same where the lines lie side by side: one term of all lines after the other. */
function sumAcrossLines(
  totals: Float64Array,
  { data, lines, terms, termStep }: Matrices,
  from: number,
  factors: Float64Array,
): void {
  totals.fill(0);
  for (let k = 0; k < terms; k++) {
    const factor = factors[k];
    const at = from + k * termStep;
    for (let line = 0; line < lines; line++) totals[line] += data[at + line] * factor;
  }
}

/**
 * Blocks of four lines by four. Both operands are first copied, as doubles, into panels of four
 * lines with the terms running slowest, so that the inner loop reads both straight ahead.
 */
function multiplyBlocks(out: TensorData, a: Matrices, b: Matrices, batch: number): void {
  const { terms } = a;
  const panelsOfA = new Float64Array(Math.ceil(a.lines / BLOCK) * BLOCK * terms);
  const panelsOfB = new Float64Array(Math.ceil(b.lines / BLOCK) * BLOCK * terms);
  const border = out.slice(0, BLOCK * BLOCK);
  for (let entry = 0; entry < batch; entry++) {
    pack(panelsOfA, a, entry * a.lines * terms);
    pack(panelsOfB, b, entry * b.lines * terms);
    for (let i = 0; i < a.lines; i += BLOCK) {
      const rows = Math.min(BLOCK, a.lines - i);
      for (let j = 0; j < b.lines; j += BLOCK) {
        const columns = Math.min(BLOCK, b.lines - j);
        const to = (entry * a.lines + i) * b.lines + j;
        if (rows === BLOCK && columns === BLOCK) {
          multiplyPanels(out, to, b.lines, panelsOfA, i * terms, panelsOfB, j * terms, terms);
          continue;
        }
        multiplyPanels(border, 0, BLOCK, panelsOfA, i * terms, panelsOfB, j * terms, terms);
        for (let r = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++) out[to + r * b.lines + c] = border[r * BLOCK + c];
        }
      }
    }
  }
}

/** Copy one matrix into panels `[lines / 4, terms, 4]`; lines that are not there stay 0. */
function pack(panels: Float64Array, matrix: Matrices, from: number): void {
  const { data, lines, terms, lineStep, termStep } = matrix;
  const whole = termStep === 1 ? 0 : lines - (lines % BLOCK);
  let to = 0;
  // Lines that lie side by side: four entries at a time, as they go into the panel.
  for (let line = 0; line < whole; line += BLOCK) {
    for (let k = 0; k < terms; k++, to += BLOCK) {
      const at = from + line + k * termStep;
      panels[to] = data[at];
      panels[to + 1] = data[at + 1];
      panels[to + 2] = data[at + 2];
      panels[to + 3] = data[at + 3];
    }
  }
  for (let line = whole; line < lines; line++) {
    to = (line - (line % BLOCK)) * terms + (line % BLOCK);
    let at = from + line * lineStep;
    for (let k = 0; k < terms; k++, to += BLOCK, at += termStep) panels[to] = data[at];
  }
}

/** One block of the product, written with its rows `rowStep` apart. */
function multiplyPanels(
  out: TensorData,
  to: number,
  rowStep: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  terms: number,
): void {
  // biome-ignore format: sixteen sums, one row of the block a line
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0,
    s10 = 0, s11 = 0, s12 = 0, s13 = 0,
    s20 = 0, s21 = 0, s22 = 0, s23 = 0,
    s30 = 0, s31 = 0, s32 = 0, s33 = 0;
  for (let k = 0; k < terms; k++, i += BLOCK, j += BLOCK) {
    const b0 = b[j];
    const b1 = b[j + 1];
    const b2 = b[j + 2];
    const b3 = b[j + 3];
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
  store(out, to, s00, s01, s02, s03);
  store(out, to + rowStep, s10, s11, s12, s13);
  store(out, to + 2 * rowStep, s20, s21, s22, s23);
  store(out, to + 3 * rowStep, s30, s31, s32, s33);
}

function store(out: TensorData, to: number, s0: number, s1: number, s2: number, s3: number): void {
  out[to] = s0;
  out[to + 1] = s1;
  out[to + 2] = s2;
  out[to + 3] = s3;
}
