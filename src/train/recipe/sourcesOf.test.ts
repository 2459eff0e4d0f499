import { expect, test } from "vitest";
import type { Collection } from "../../data/collections/collection.ts";
import { sourcesOf } from "./sourcesOf.ts";

function collection(name: string, count: number): Collection {
  const ids = Array.from({ length: count }, (_, i) => `${name}${i}`);
  return {
    name,
    ids,
    pictures: ids,
    load: () => Promise.reject(new Error("not asked")),
  };
}

const DATA = { all: [collection("a", 300), collection("b", 100)], own: [collection("own", 50)] };

test("a source of several sets shares its weight by their pictures", () => {
  const { train, heldOut } = sourcesOf({ sources: { all: 8, own: 1 }, heldOut: 0 }, DATA);
  expect(train.map(({ collection, weight }) => [collection.name, weight])).toEqual([
    ["a", 6],
    ["b", 2],
    ["own", 1],
  ]);
  expect(heldOut).toEqual([]);
});

test("a set may be a source by itself, and weight 0 leaves a source out", () => {
  const { train } = sourcesOf(
    { sources: { "all/b": 3, "own/own": 1, "all/a": 0 }, heldOut: 0 },
    DATA,
  );
  expect(train.map(({ collection, weight }) => [collection.name, weight])).toEqual([
    ["b", 3],
    ["own", 1],
  ]);
});

test("what is held out is not trained on, and all else is", () => {
  const { train, heldOut } = sourcesOf({ sources: { "all/a": 1, own: 1 }, heldOut: 0.2 }, DATA);
  const ids = [train, heldOut].map((side) => side.flatMap(({ collection }) => collection.ids));
  expect(ids[1].length).toBeGreaterThan(0);
  expect(ids.flat().sort()).toEqual([...DATA.all[0].ids, ...DATA.own[0].ids].sort());
});

test("of several pictures a share holds out one at least, and leaves one to train on", () => {
  const sides = (count: number, heldOut: number) => {
    const own = { own: [collection("p", count)] };
    const split = sourcesOf({ sources: { own: 1 }, heldOut }, own);
    return [split.train, split.heldOut].map((side) => side[0]?.collection.ids.length ?? 0);
  };
  for (const count of [2, 3, 5]) {
    expect(sides(count, 1e-9)).toEqual([count - 1, 1]);
    expect(sides(count, 1 - 1e-9)).toEqual([1, count - 1]);
  }
  expect(sides(1, 1e-9)).toEqual([1, 0]);
  expect(sides(5, 0)).toEqual([5, 0]);
});

test("data that is missing, empty or of no use is told", () => {
  const split =
    (sources: Record<string, number>, heldOut = 0) =>
    () =>
      sourcesOf({ sources, heldOut }, DATA);
  expect(split({ all: 1, coco: 1, own: 1 })).toThrow(
    'sources: expected data for "coco", got all, own. Say where it is: --data coco=PATH.',
  );
  expect(split({ all: 1 })).toThrow(
    `sources: expected every data set to be in the recipe's sources (all), got "own".`,
  );
  expect(split({ "all/c": 1, own: 1 })).toThrow(
    'sources: expected pictures in "all/c", got none. There is all/a (300 pictures), all/b (100 pictures).',
  );
  expect(split({ all: 1, own: 1 }, 1)).toThrow("sources: expected pictures to train on, got none");
});
