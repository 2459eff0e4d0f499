/**
 * Places for labels: between `from` and `to`, at least `wanted` from each other where there is room for
 * that, in the order of the values, and as near to them as can be, by least squares (isotonic regression
 * of what each value exceeds its rank's place by, within bounds).
 */
export function apart(
  values: readonly number[],
  wanted: number,
  [from, to]: readonly [number, number],
): readonly number[] {
  const gaps = Math.max(1, values.length - 1);
  const gap = Math.min(wanted, (to - from) / gaps);
  const last = to - gap * (values.length - 1);
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  /** Neighbours that touch each other, and the mean place of their first. */
  const rows: { count: number; first: number }[] = [];
  order.forEach((i, rank) => {
    let row = { count: 1, first: values[i] - rank * gap };
    for (let below = rows.at(-1); below && below.first >= row.first; below = rows.at(-1)) {
      const count = below.count + row.count;
      row = { count, first: (below.count * below.first + row.count * row.first) / count };
      rows.pop();
    }
    rows.push(row);
  });
  const firsts = rows.flatMap(({ count, first }) => Array.from({ length: count }, () => first));
  const places = [...values];
  order.forEach((i, rank) => {
    places[i] = Math.min(last, Math.max(from, firsts[rank])) + rank * gap;
  });
  return places;
}
