import { expect, test } from "vitest";
import { pairsByName } from "./pairsByName.ts";

test("a mask belongs to the picture of its name, whatever their endings", () => {
  expect(pairsByName(["b.jpg", "a.webp"], ["a.png", "b.bmp", "Thumbs.db"])).toEqual([
    { id: "b", picture: "b.jpg", mask: "b.bmp" },
    { id: "a", picture: "a.webp", mask: "a.png" },
  ]);
});

test("a picture may have several masks, each named after it", () => {
  const masks = ["cat_1.png", "cat#2.png", "cat.labels.png", "cat.png"];
  expect(pairsByName(["cat.jpg"], masks).map(({ id }) => id)).toEqual([
    "cat_1",
    "cat#2",
    "cat.labels",
    "cat",
  ]);
});

test("of several pictures whose names fit, the longest counts", () => {
  const pairs = pairsByName(["a.jpg", "a_1.jpg"], ["a_1.png", "a_1_2.png", "a_2.png"]);
  expect(pairs.map(({ picture, mask }) => `${picture} ${mask}`)).toEqual([
    "a.jpg a_2.png",
    "a_1.jpg a_1.png",
    "a_1.jpg a_1_2.png",
  ]);
});

test("a name that only begins alike is another name", () => {
  expect(pairsByName(["cat.jpg"], ["cats.png"])).toEqual([
    { id: "cat", picture: "cat.jpg" },
    { id: "cats", mask: "cats.png" },
  ]);
});

test("two pictures of one name are refused", () => {
  expect(() => pairsByName(["a.jpg", "a.png"], [])).toThrow(/different names, got a.jpg and a.png/);
});
