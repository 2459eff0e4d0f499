/**
 * The layer released beside the paper, one head, in plain loops: a second definition of what
 * `attend` computes under `RELEASED_LAYER`, written from its formulas and nothing else.
 *
 *     L = −α/2 (‖q − ξ‖² + ‖q − r‖² + ‖ξ − r'‖²) − β/2 ‖v⁰ − μ‖² + P,   w = softmax(L)
 */

export type Matrix = readonly (readonly number[])[];
/** `[query][key][channel]`. */
export type Pairs = readonly Matrix[];

export interface PlainLayer {
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  /** One per unit. */
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  readonly prior: "uniform" | "magnitude" | Matrix;
  readonly allowed?: readonly (readonly boolean[])[] | undefined;
  readonly initialValue?: Matrix | undefined;
  readonly queryPosition?: Pairs | undefined;
  readonly keyPosition?: Pairs | undefined;
  readonly valuePosition?: Pairs | undefined;
  /** Per token: value and how much it counts. */
  readonly labels?: readonly { readonly value: readonly number[]; readonly weight: number }[];
  readonly labelledPosition?: Matrix | undefined;
  readonly keySteps: number;
  readonly valueSteps: number;
  /** θ per unit and channel, or none. */
  readonly keyPrior?: Matrix | undefined;
  readonly valuePrior?: Matrix | undefined;
}

/** The value and, with value positions, the position half, `[query][channel]`. */
export function plainReleasedLayer(layer: PlainLayer): {
  value: Matrix;
  position: Matrix | undefined;
} {
  let { key, value } = layer;
  for (let step = 0; step < layer.keySteps; step++) {
    const weights = weightsOf(layer, key, value);
    key = key.map((own, j) => {
      const count = total(weights.map((row) => row[j]));
      const pull = own.map((_, c) => total(weights.map((row, i) => row[j] * layer.query[i][c])));
      return moved(own, pull, count, layer.alpha[j], layer.keyPrior?.[j]);
    });
  }
  const { labels } = layer;
  let extra = layer.query.map(() => value[0].map(() => 0));
  for (let step = 0; labels !== undefined && step < layer.valueSteps; step++) {
    const weights = weightsOf(layer, key, value);
    const { labelledPosition } = layer;
    if (labelledPosition !== undefined) {
      extra = extra.map((row, i) =>
        row.map((sum, c) => sum + dot(weights[i], column(labelledPosition, c))),
      );
    }
    value = value.map((own, j) => {
      const counts = weights.map((row, i) => row[j] * labels[i].weight);
      const pull = own.map((_, c) => total(counts.map((count, i) => count * labels[i].value[c])));
      return moved(own, pull, total(counts), layer.beta[j], layer.valuePrior?.[j]);
    });
  }
  const weights = weightsOf(layer, key, value);
  const channels = value[0].map((_, c) => c);
  const { valuePosition } = layer;
  return {
    value: weights.map((row) => channels.map((c) => dot(row, column(value, c)))),
    position:
      valuePosition &&
      weights.map((row, i) =>
        channels.map((c) => dot(row, column(valuePosition[i], c)) + extra[i][c]),
      ),
  };
}

/** One M-step from the previous iterate; a unit that nobody reaches keeps its mean. */
function moved(
  own: readonly number[],
  pull: readonly number[],
  count: number,
  precision: number,
  prior: readonly number[] | undefined,
): readonly number[] {
  return own.map((mean, c) => {
    if (prior !== undefined)
      return (prior[c] * mean + precision * pull[c]) / (prior[c] + precision * count);
    return count > 0 ? pull[c] / count : mean;
  });
}

function weightsOf(layer: PlainLayer, key: Matrix, value: Matrix): number[][] {
  return layer.query.map((_, i) => {
    const logits = key.map((_, j) => logit(layer, key, value, i, j));
    const kept = logits.map((_, j) => layer.allowed?.[i][j] ?? true);
    const lead = Math.max(...logits.filter((_, j) => kept[j]));
    const shares = logits.map((one, j) => (kept[j] ? Math.exp(one - lead) : 0));
    const all = total(shares);
    return shares.map((share) => (all > 0 ? share / all : 0));
  });
}

function logit(layer: PlainLayer, key: Matrix, value: Matrix, i: number, j: number): number {
  const { alpha, beta, prior } = layer;
  const q = layer.query[i];
  const r = layer.queryPosition?.[i][j];
  const r2 = layer.keyPosition?.[i][j];
  const s = layer.valuePosition?.[i][j];
  const v = layer.initialValue?.[i];
  const distances =
    distance(q, key[j]) + (r ? distance(q, r) : 0) + (r2 ? distance(key[j], r2) : 0);
  const ofValue = v ? (beta[j] / 2) * distance(v, value[j]) : 0;
  const spoken = -(alpha[j] / 2) * distances - ofValue;
  if (prior === "uniform") return spoken;
  if (prior !== "magnitude") return spoken + Math.log(prior[i][j]);
  const squares = norm(key[j]) + (r ? norm(r) : 0) + (r2 ? norm(key[j]) + norm(r2) : 0);
  const shifted = value[j].map((mean, c) => mean + (s ? s[c] : 0));
  return spoken + (alpha[j] / 2) * squares + (beta[j] / 2) * norm(shifted);
}

const total = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0);
const dot = (a: readonly number[], b: readonly number[]): number =>
  total(a.map((value, c) => value * b[c]));
const norm = (a: readonly number[]): number => dot(a, a);
const distance = (a: readonly number[], b: readonly number[]): number =>
  norm(a.map((value, c) => value - b[c]));
const column = (matrix: Matrix, c: number): number[] => matrix.map((row) => row[c]);
