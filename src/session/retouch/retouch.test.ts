import fc from "fast-check";
import { expect, test } from "vitest";
import { drawing, drawnMask } from "../../../test/drawnMask.ts";
import {
  answerOf,
  asked,
  click,
  HALF,
  half,
  LABELS,
  maskOf,
  painted,
  SIZE,
  stroke,
} from "../../../test/support/nearestClick.ts";
import { brush } from "../../clicks/brush.ts";
import { pixelSetOf } from "../../image/pixelSet.ts";
import { say, takeBack } from "../edit.ts";
import { editByHand } from "../editByHand.ts";
import { newSession, redo, type Session, state, undo } from "../session.ts";
import type { HandEdit } from "./handEdit.ts";

const anyLabel = fc.constantFrom(...LABELS);
const anyPlace = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 7 }));
const anyStroke = fc
  .tuple(
    anyLabel,
    fc.integer({ min: 1, max: 5 }),
    fc.array(anyPlace, { minLength: 1, maxLength: 3 }),
  )
  .map(([says, width, points]) => stroke(says, width, ...points));
const anyEdit: fc.Arbitrary<HandEdit> = fc.oneof(
  fc.tuple(anyStroke, fc.constantFrom(0, 0.5, 1)).map(([of, hardness]) => painted(of, hardness)),
  fc.constantFrom<HandEdit>(
    { kind: "fill holes", label: "object" },
    { kind: "drop islands", label: "object" },
    { kind: "smooth", label: "object", sigma: 1 },
    { kind: "grow", label: "object", by: 1 },
    { kind: "grow", label: "cat", by: -1 },
    {
      kind: "polygons",
      says: "cat",
      outlines: [
        {
          outer: [
            { unit: "corner", x: 2, y: 1 },
            { unit: "corner", x: 9.5, y: 2 },
            { unit: "corner", x: 5, y: 7 },
          ],
          holes: [],
        },
      ],
    },
  ),
);
/** What a person may do next; what the session refuses leaves it as it was. */
const anyStep: fc.Arbitrary<(session: Session) => Session> = fc.oneof(
  fc
    .tuple(anyPlace, anyLabel)
    .map(([[x, y], says]) => orSame((session) => say(session, click(x, y, says)))),
  anyStroke.map((of) => orSame((session) => say(session, of))),
  anyEdit.map((edit) => (session: Session) => editByHand(session, edit)),
  fc.nat(9).map((n) =>
    orSame((session) => {
      const ids = [...state(session).prompts.keys()];
      return takeBack(session, ids[n % ids.length]);
    }),
  ),
);
function orSame(step: (session: Session) => Session): (session: Session) => Session {
  return (session) => {
    try {
      return step(session);
    } catch {
      return session;
    }
  };
}
const anySession = fc
  .array(anyStep, { maxLength: 8 })
  .map((steps) => steps.reduce((session, step) => step(session), newSession(SIZE, LABELS)));

test("a brush paints what is under it, an eraser takes it away, and nothing else changes", async () => {
  const more = editByHand(half, painted(stroke("object", 2, [8, 1], [8, 3])));
  expect(drawing(await maskOf(more))).toEqual([
    "######..#...",
    "######.###..",
    "######.###..",
    "######.###..",
    "######..#...",
    ...HALF.slice(5),
  ]);
  const less = editByHand(half, painted(stroke("background", 1, [0, 7], [3, 7])));
  expect(drawing(await maskOf(less))).toEqual([...HALF.slice(1), "....##......"]);
});

test("whatever was done before, a hard brush changes the pixels under it, and no others", async () => {
  await fc.assert(
    fc.asyncProperty(anySession, anyStroke, async (session, of) => {
      const [before, after] = [
        await maskOf(session),
        await maskOf(editByHand(session, painted(of))),
      ];
      const print = brush(of, SIZE);
      after.data.forEach((label, at) => {
        const [x, y] = [(at % 12) - print.left, Math.floor(at / 12) - print.top];
        const isUnder =
          x >= 0 &&
          x < print.width &&
          y >= 0 &&
          y < print.height &&
          print.data[y * print.width + x] === 1;
        if (isUnder) expect(label).toBe(LABELS.indexOf(of.says));
        else expect(label).toBe(before.data[at]);
      });
    }),
  );
});

test("every click and stroke in force holds at its pixels, whatever was done by hand", async () => {
  await fc.assert(
    fc.asyncProperty(anySession, async (session) => {
      const { data } = await maskOf(session);
      for (const prompt of state(session).prompts.values()) {
        if (prompt.kind !== "click") continue;
        expect(data[prompt.at.y * 12 + prompt.at.x]).toBe(LABELS.indexOf(prompt.says));
      }
    }),
  );
});

test("undo gives the mask before, redo the mask after, and a session sent as JSON the same mask", async () => {
  await fc.assert(
    fc.asyncProperty(anySession, anyEdit, async (session, edit) => {
      const after = editByHand(session, edit);
      const mask = await maskOf(after);
      expect(await maskOf(undo(after))).toEqual(await maskOf(session));
      expect(await maskOf(redo(undo(after)))).toEqual(mask);
      expect(await maskOf(JSON.parse(JSON.stringify(after)))).toEqual(mask);
    }),
  );
});

test("an edit asks nothing new of the model", async () => {
  await maskOf(half);
  const before = asked.length;
  await maskOf(editByHand(half, painted(stroke("object", 3, [9, 1]))));
  expect(asked.length).toBe(before);
});

test("edits stay when later clicks change the mask elsewhere", async () => {
  const edited = editByHand(half, painted(stroke("object", 1, [11, 0])));
  const later = say(edited, click(9, 7));
  const [, ...rows] = drawing(await maskOf(later));
  expect(drawing(await maskOf(later))[0]).toBe("######.....#");
  expect(rows.at(-1)).toBe("############");
});

test("a whole-label edit is done again to whatever the model answers next", async () => {
  const grown = editByHand(half, { kind: "grow", label: "object", by: 1 });
  expect(drawing(await maskOf(grown))).toEqual(HALF.map(() => "#######....."));
  // A click that moves the model's border moves the grown border with it, and leaves no ridge behind.
  const less = say(grown, click(5, 4, "background"));
  expect(drawing(await maskOf(less))).toEqual(HALF.map(() => "#####......."));
});

test("a click on what was painted takes back as much as the model gives to its label there", async () => {
  const edited = editByHand(half, painted(stroke("object", 3, [9, 1], [9, 2])));
  const heard = say(edited, click(9, 1, "background"));
  // The new click moves the model's border near it; nothing is left of what was painted.
  expect(drawing(await maskOf(heard))).toEqual(["#####.......", "#####.......", ...HALF.slice(2)]);
  // What is painted afterwards holds against the click.
  const again = editByHand(heard, painted(stroke("object", 1, [10, 1])));
  expect(drawing(await maskOf(again))[1]).toBe("#####.....#.");
});

test("a click that is painted over is gone, and undo brings it back", () => {
  const over = editByHand(half, painted(stroke("background", 3, [2, 4])));
  expect([...state(over).prompts.values()]).toEqual([click(9, 4, "background")]);
  expect(state(undo(over))).toEqual(state(half));
});

test("a stroke that is painted over in part holds elsewhere", async () => {
  const drawn = say(half, stroke("object", 1, [8, 0], [11, 0]));
  const over = editByHand(drawn, painted(stroke("background", 1, [11, 0])));
  expect(drawing(await maskOf(over))[0]).toBe("######..###.");
  expect(state(over).prompts.size).toBe(2);
});

test("an eraser of one object leaves the others alone", async () => {
  const two = editByHand(half, painted(stroke("cat", 1, [0, 0], [2, 0])));
  const erased = editByHand(two, {
    ...painted(stroke("background", 1, [0, 0], [11, 0])),
    only: "object",
  } as HandEdit);
  expect(drawing(await maskOf(erased))[0]).toBe("222.........");
});

test("a soft brush takes what the model nearly gave, less so the farther from its middle", async () => {
  // The model says 0.8 background there: the brush needs w > (1 − w) · 0.7 (0.8 less the object's 0.1), w > 0.41.
  const soft = editByHand(half, painted(stroke("object", 5, [9, 4]), 0));
  expect(drawing(await maskOf(soft))[4]).toBe("######..###.");
  const hard = editByHand(half, painted(stroke("object", 5, [9, 4])));
  expect(drawing(await maskOf(hard))[4]).toBe("######.#####");
});

test("a softer brush paints no pixel that a harder one does not", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyStroke,
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (of, hardness) => {
        const [soft, hard] = [
          await maskOf(editByHand(half, painted(of, hardness))),
          await maskOf(editByHand(half, painted(of))),
        ];
        const index = LABELS.indexOf(of.says);
        const before = await maskOf(half);
        soft.data.forEach((label, at) => {
          if (label !== before.data[at]) expect([label, hard.data[at]]).toEqual([index, index]);
        });
      },
    ),
  );
});

test("holes are filled but those clicked on, islands dropped but those clicked on", async () => {
  const ring = pixelSetOf(
    drawnMask("............", ".#####.####.", ".#...#.#..#.", ".#####.####.", "............"),
  );
  if (!ring) throw new Error("expected pixels.");
  const plain = editByHand(newSession(SIZE, LABELS), {
    kind: "fill",
    pixels: ring,
    says: "object",
  });
  const clicked = say(plain, click(3, 2, "background"));
  expect(
    drawing(await maskOf(editByHand(clicked, { kind: "fill holes", label: "object" }))).slice(1, 4),
  ).toEqual([".#####.####.", ".#...#.####.", ".#####.####."]);
  expect(
    drawing(await maskOf(editByHand(plain, { kind: "drop islands", label: "object" }))).slice(1, 4),
  ).toEqual([".#####......", ".#...#......", ".#####......"]);
});

test("polygons are all of an object, and its clicks outside them are gone", async () => {
  const corner = (x: number, y: number) => ({ unit: "corner" as const, x, y });
  const square = [corner(3, 1), corner(9, 1), corner(9, 4), corner(3, 4)];
  const edited = editByHand(half, {
    kind: "polygons",
    says: "object",
    outlines: [{ outer: square, holes: [] }],
  });
  const row = "...######...";
  expect(drawing(await maskOf(edited))).toEqual([
    "............",
    row,
    row,
    row,
    ...Array.from({ length: 4 }, () => "............"),
  ]);
  expect([...state(edited).prompts.values()]).toEqual([click(9, 4, "background")]);
});

test("where an edit decided there is no doubt", async () => {
  const answer = await answerOf(editByHand(half, painted(stroke("cat", 3, [10, 1]))));
  const at = 1 * 12 + 10;
  expect(answer.uncertainty.data[at]).toBe(0);
  expect(LABELS.map((label) => answer.probability(label).data[at])).toEqual([0, 0, 1]);
  expect(answer.uncertainty.data[0]).toBeGreaterThan(0.1);
});

test("edits that cannot be are refused with the reason, and nothing is changed", () => {
  const refusal = (edit: object) => () => editByHand(half, edit as HandEdit);
  expect(refusal(painted(stroke("dog", 3, [1, 1])))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: stroke: expected one of the labels background, object, cat, got "dog". Add the label first.]`,
  );
  expect(refusal(painted(stroke("cat", 3, [1, 99])))).toThrow(
    /stroke.points.0: expected a position inside/,
  );
  expect(refusal(painted(stroke("cat", 3, [1, 1]), 2))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: brush: expected a hardness from 0 to 1, got 2.]`,
  );
  expect(refusal({ kind: "grow", label: "object", by: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: grow: expected a number of pixels over 0 and up to 500, got 0.]`,
  );
  expect(refusal({ kind: "smooth", label: "object", sigma: -1 })).toThrow(
    /smooth: expected a sigma/,
  );
  expect(refusal({ kind: "fill holes", label: "background" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fill holes: expected an object, got "background". Choose an object first.]`,
  );
  expect(refusal({ kind: "polygons", says: "cat", outlines: [{ outer: [], holes: [] }] })).toThrow(
    /expected at least 3 corners, got 0/,
  );
  expect(refusal({ kind: "blur" })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: edit: expected one of the kinds brush, fill, polygons, fill holes, drop islands, smooth, grow, got "blur".]`,
  );
});
