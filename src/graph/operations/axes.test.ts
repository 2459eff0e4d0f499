import fc from "fast-check";
import { expect, test } from "vitest";
import {
  arbitraryTensors,
  at,
  bools,
  close,
  computed,
  ints,
  numbers,
  numbersOf,
  PRECISIONS,
  placesOf,
  tensorOf,
  together,
} from "../../../test/support/namedTensors.ts";
import { type Axis, type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import { concat } from "./concat.ts";
import { constant } from "./constant.ts";
import { expand } from "./expand.ts";
import { flip } from "./flip.ts";
import { merge } from "./merge.ts";
import { multiply } from "./multiply.ts";
import { pad } from "./pad.ts";
import { rename } from "./rename.ts";
import { reorder } from "./reorder.ts";
import { slice } from "./slice.ts";
import { split } from "./split.ts";
import { sum } from "./sum.ts";

function namesOf({ axes }: { axes: readonly Axis[] }): string[] {
  return axes.map(({ name }) => name);
}

test("rename there and back changes nothing, and moves nothing in between", () => {
  fc.assert(
    fc.property(arbitraryTensors(1, ["keys"]), ([x]) => {
      const there = rename(constant(x), { keys: "tokens" });
      expect(numbersOf(there)).toEqual(Array.from(x.data));
      const back = computed(rename(there, { tokens: "keys" }));
      expect(back.axes).toEqual(x.axes);
      expect(back.data).toEqual(x.data);
    }),
  );
});

test("two axes may swap names", () => {
  const x = numbers({ queries: 1, keys: 2 }, [1, 2]);
  expect(namesOf(rename(x, { queries: "keys", keys: "queries" }))).toEqual(["keys", "queries"]);
});

test("reorder keeps every entry at its place by name", () => {
  const law = fc.property(arbitraryTensors(2), ([x, order]) => {
    const names = namesOf(order).filter((name) => namesOf(x).includes(name));
    const result = computed(reorder(constant(x), names));
    expect(namesOf(result).slice(-names.length || undefined)).toEqual(
      names.length > 0 ? names : namesOf(x),
    );
    const expected = tensorOf(result.axes, (place) => at(x, place));
    expect(result.data).toEqual(expected.data);
    expect(computed(reorder(constant(result), namesOf(x)))).toEqual(x);
  });
  fc.assert(law);
});

test("a grid of tokens, row by row", () => {
  const grid = numbers({ height: 2, width: 3 }, [1, 2, 3, 4, 5, 6]);
  const rows = computed(merge(grid, ["height", "width"], "tokens"));
  expect(rows.axes).toEqual([{ name: "tokens", size: 6 }]);
  expect(Array.from(rows.data)).toEqual([1, 2, 3, 4, 5, 6]);
  const columns = numbersOf(merge(grid, ["width", "height"], "tokens"));
  expect(columns).toEqual([1, 4, 2, 5, 3, 6]);
});

test("merge and split undo each other, wherever the axes stand", () => {
  const law = fc.property(arbitraryTensors(1, ["queries", "keys"]), ([x]) => {
    const sizes = Object.fromEntries(x.axes.map(({ name, size }) => [name, size]));
    const { queries, keys } = sizes;
    const merged = merge(constant(x), ["queries", "keys"], "pairs");
    const expected = tensorOf(merged.axes, ({ pairs, ...place }) =>
      at(x, { ...place, queries: Math.floor(pairs / keys), keys: pairs % keys }),
    );
    expect(numbersOf(merged)).toEqual(Array.from(expected.data));
    const back = reorder(split(merged, "pairs", { queries, keys }), namesOf(x));
    expect(computed(back)).toEqual(x);
  });
  fc.assert(law);
});

test("merging no axes adds one of size 1", () => {
  expect(merge(numbers({ keys: 2 }, [1, 2]), [], "heads").axes).toEqual([
    { name: "keys", size: 2 },
    { name: "heads", size: 1 },
  ]);
});

test("slices laid end to end are the whole", () => {
  const law = fc.property(arbitraryTensors(1, ["keys"]), fc.nat(), fc.nat(), ([x], i, j) => {
    const size = x.axes.find(({ name }) => name === "keys")?.size ?? 0;
    const [from, to] = [i % (size + 1), j % (size + 1)].sort((a, b) => a - b);
    const whole = constant(x);
    const parts = [
      slice(whole, "keys", 0, from),
      slice(whole, "keys", from, to),
      slice(whole, "keys", to, size),
    ];
    expect(computed(concat(parts, "keys"))).toEqual(x);
    const middle = computed(parts[1]);
    expect(Array.from(middle.data)).toEqual(
      placesOf(middle.axes).map((place) => at(x, { ...place, keys: place["keys"] + from })),
    );
  });
  fc.assert(law);
});

test("parts of a concatenation are aligned by name and repeated along missing axes", () => {
  const law = fc.property(arbitraryTensors(2, ["keys"]), ([a, b]) => {
    const result = computed(concat([constant(a), constant(b)], "keys"));
    expect(namesOf(result)).toEqual(namesOf({ axes: together(a.axes, b.axes) }));
    const cut = a.axes.find(({ name }) => name === "keys")?.size ?? 0;
    const expected = tensorOf(result.axes, (place) => {
      const { keys } = place;
      return keys < cut ? at(a, place) : at(b, { ...place, keys: keys - cut });
    });
    expect(result.data).toEqual(expected.data);
  });
  fc.assert(law);
});

test("blocks long and short are copied alike", () => {
  const x = tensor(
    { rows: 3, columns: 100 },
    Float32Array.from({ length: 300 }, (_, i) => i),
  );
  const cut = computed(slice(constant(x), "columns", 10, 90), "float32");
  expect(cut.data[80]).toBe(110);
  const padded = computed(pad(constant(x), "columns", 1, 2, -1), "float32");
  expect([padded.data[0], padded.data[1], padded.data[101], padded.data[104]]).toEqual([
    -1, 0, -1, 100,
  ]);
});

test("flipping twice changes nothing; once, the last comes first", () => {
  const law = fc.property(arbitraryTensors(1, ["keys"]), ([x]) => {
    const flipped = flip(constant(x), "keys");
    const size = x.axes.find(({ name }) => name === "keys")?.size ?? 0;
    const expected = tensorOf(x.axes, (place) =>
      at(x, { ...place, keys: size - 1 - place["keys"] }),
    );
    expect(numbersOf(flipped)).toEqual(Array.from(expected.data));
    expect(computed(flip(flipped, "keys"))).toEqual(x);
  });
  fc.assert(law);
});

test("padding is cut off again by slicing, and holds what was asked for", () => {
  const amount = fc.integer({ min: 0, max: 3 });
  const law = fc.property(arbitraryTensors(1, ["keys"]), amount, amount, ([x], before, after) => {
    const size = x.axes.find(({ name }) => name === "keys")?.size ?? 0;
    const padded = pad(constant(x), "keys", before, after, -Infinity);
    expect(computed(slice(padded, "keys", before, before + size))).toEqual(x);
    const added = numbersOf(padded).filter((value) => value === -Infinity).length;
    expect(added * size).toBe(x.data.length * (before + after));
  });
  fc.assert(law);
});

test("expanding repeats, so that a sum over the new axis multiplies", () => {
  const law = fc.property(arbitraryTensors(1), fc.integer({ min: 0, max: 4 }), ([x], size) => {
    const many = expand(constant(x), { copies: size });
    expect(many.axes).toEqual([...x.axes, { name: "copies", size }]);
    const total = numbersOf(sum(many, "copies"));
    expect(close(total, numbersOf(multiply(constant(x), size)), 1e-15)).toBe(true);
  });
  fc.assert(law);
});

test("what moves numbers keeps their kind, in both precisions", () => {
  const whole = ints({ rows: 2, columns: 2 }, [1, 2, 3, 4]);
  const yes = bools({ rows: 2, columns: 2 }, [true, false, true, true]);
  for (const { precision } of PRECISIONS) {
    const dtypes = (x: typeof whole): HostTensor["dtype"][] =>
      [
        rename(x, { rows: "r" }),
        reorder(x, ["columns", "rows"]),
        merge(x, ["rows", "columns"], "all"),
        split(x, "rows", { a: 2, b: 1 }),
        slice(x, "rows", 0, 1),
        concat([x, x], "rows"),
        flip(x, "rows"),
        pad(x, "rows", 1, 1),
        expand(x, { copies: 2 }),
      ].map((node) => computed(node, precision).dtype);
    expect(new Set(dtypes(whole))).toEqual(new Set(["int32"]));
    expect(new Set(dtypes(yes))).toEqual(new Set(["bool"]));
  }
});

test("axes that are missing or would be there twice are refused", () => {
  const x = numbers({ rows: 2, columns: 3 }, [1, 2, 3, 4, 5, 6]);
  expect(() => rename(x, { keys: "tokens" })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: rename: expected an axis "keys" in the input, got [rows 2, columns 3]. rename() gives an axis another name.]`,
  );
  expect(() => rename(x, { rows: "columns" })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: rename: axis "columns" would be there twice in [columns, columns]. Give every axis a name of its own.]`,
  );
  expect(() => reorder(x, ["rows", "rows"])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: reorder: expected every axis to be named once, got [rows, rows].]`,
  );
  expect(() => merge(x, ["rows"], "columns")).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: merge: axis "columns" would be there twice in [columns, columns]. Give every axis a name of its own.]`,
  );
  expect(() => expand(x, { rows: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: expand: axis "rows" would be there twice in [rows, columns, rows]. Give every axis a name of its own.]`,
  );
  expect(() =>
    concat([x, numbers({ rows: 2 }, [1, 2])], "columns"),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: concat: expected an axis "columns" in the input, got [rows 2]. rename() gives an axis another name.]`,
  );
});

test("sizes that do not fit are refused", () => {
  const x = numbers({ rows: 2, columns: 3 }, [1, 2, 3, 4, 5, 6]);
  expect(() => split(x, "columns", { a: 2, b: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: split: expected sizes that multiply to 3, the size of axis "columns", got [a 2, b 2], which is 4.]`,
  );
  expect(() => slice(x, "columns", 1, 4)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: slice: expected 0 ≤ from ≤ to ≤ 3 along axis "columns", got from 1 to 4.]`,
  );
  expect(() => slice(x, "columns", 0.5, 2)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: slice: expected 0 ≤ from ≤ to ≤ 3 along axis "columns", got from 0.5 to 2.]`,
  );
  expect(() => pad(x, "columns", -1, 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: pad: expected whole widths of at least 0 along axis "columns", got -1 before and 0 after. To cut entries off, use slice().]`,
  );
  expect(() => concat([], "columns")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: concat: expected at least one tensor, got none.]`,
  );
  const tall = numbers({ rows: 3, columns: 1 }, [1, 2, 3]);
  expect(() => concat([x, tall], "columns")).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: concat: axis "rows" is 2 in part 1 but 3 in part 2. If these are different axes, rename one of them first.]`,
  );
});
