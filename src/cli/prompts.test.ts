import { InvalidArgumentError } from "commander";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pixel } from "../image/index.ts";
import { box, clickOn, labelsOf, lasso, namedClick } from "./prompts.ts";

test("a click is written x,y, and clicks are collected", () => {
  const object = clickOn("object");
  expect(object("3, 4.5", object("-1,+2e1"))).toEqual([
    { kind: "click", at: pixel(-1, 20), says: "object" },
    { kind: "click", at: pixel(3, 4.5), says: "object" },
  ]);
});

test("any click comes back from its written form", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(number, number, (x, y) => {
      expect(clickOn("object")(`${x},${y}`)).toEqual([
        { kind: "click", at: pixel(Number(`${x}`), Number(`${y}`)), says: "object" },
      ]);
    }),
  );
});

test("a named click has its name before the last colon", () => {
  expect(namedClick("cat:1,2")).toEqual([{ kind: "click", at: pixel(1, 2), says: "cat" }]);
  expect(namedClick(" a:b :1,2")).toEqual([{ kind: "click", at: pixel(1, 2), says: "a:b" }]);
});

test("a box is the object's unless it is named", () => {
  const [from, to] = [pixel(1, 2), pixel(3, 4)];
  expect(box("1,2,3,4")).toEqual([{ kind: "box", from, to, says: "object" }]);
  expect(box("cat:1,2,3,4")).toEqual([{ kind: "box", from, to, says: "cat" }]);
});

test("a lasso is the object's unless it is named, and has three points at least", () => {
  const points = [pixel(1, 2), pixel(3.5, 4), pixel(0, 9)];
  expect(lasso("1,2 3.5,4  0,9")).toEqual([{ kind: "lasso", points, says: "object" }]);
  expect(lasso("cat: 1,2 3.5,4 0,9")).toEqual([{ kind: "lasso", points, says: "cat" }]);
  for (const text of ["", "1,2", "1,2 3,4", "1,2 3,4 5", "1,2,3,4,5,6", "1,2 3,4 x,y"]) {
    expect(() => lasso(text), text).toThrow("Expected at least three x,y in pixels");
  }
});

test.each([
  "",
  "1",
  "1,",
  ",1",
  "1,2,3",
  "NaN,1",
  "1,NaN",
  "Infinity,1",
  "1e999,1",
  "0x10,1",
  "1;2",
  "one,two",
  "1 2,3",
])("%o is no click", (text) => {
  expect(() => clickOn("object")(text)).toThrow(InvalidArgumentError);
  expect(() => namedClick(`cat:${text}`)).toThrow(InvalidArgumentError);
  expect(() => box(`1,1,${text}`)).toThrow(InvalidArgumentError);
});

test("a name cannot be empty, nor left out where one is needed", () => {
  expect(() => namedClick(":1,2")).toThrow("Expected a name before the colon.");
  expect(() => namedClick("1,2")).toThrow("Expected name:x,y in pixels, such as cat:120,80.");
});

test("labels: the background, those of the mask, the object where spoken of, then the named", () => {
  const said = (...texts: string[]) => texts.flatMap((text) => namedClick(`${text}:1,1`));
  expect(labelsOf([])).toEqual(["background", "object"]);
  expect(labelsOf(said("background"))).toEqual(["background", "object"]);
  expect(labelsOf(said("dog", "cat", "dog"))).toEqual(["background", "dog", "cat"]);
  expect(labelsOf(said("dog", "object"))).toEqual(["background", "object", "dog"]);
  expect(labelsOf(box("1,1,2,2"))).toEqual(["background", "object"]);
  expect(labelsOf([...said("cat"), ...box("dog:1,1,2,2")])).toEqual(["background", "cat"]);
  expect(labelsOf(said("dog"), ["background", "cat"])).toEqual(["background", "cat", "dog"]);
  expect(labelsOf([], ["background", "cat"])).toEqual(["background", "cat"]);
});
