/**
 * Places for labels: at least `gap` from each other, in the order of the values, and as near to them as
 * can be, by least squares (isotonic regression of what each value exceeds its rank's place by).
 */
export function apart(values: readonly number[], gap: number): readonly number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  /** Neighbours that touch each other, and the mean place of their first. */
  const rows: { count: number; first: number }[] = [];
  order.forEach((i, rank) => {
    let row = { count: 1, first: values[i] - rank * gap };
    for (let last = rows.at(-1); last && last.first >= row.first; last = rows.at(-1)) {
      const count = last.count + row.count;
      row = { count, first: (last.count * last.first + row.count * row.first) / count };
      rows.pop();
    }
    rows.push(row);
  });
  const firsts = rows.flatMap(({ count, first }) => Array.from({ length: count }, () => first));
  const places = [...values];
  order.forEach((i, rank) => {
    places[i] = firsts[rank] + rank * gap;
  });
  return places;
}
