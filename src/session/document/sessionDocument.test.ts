import fc from "fast-check";
import { expect, test } from "vitest";
import type { Prompt } from "../../clicks/prompts.ts";
import { outlines } from "../../image/outlines.ts";
import { pixelSetOf } from "../../image/pixelSet.ts";
import { pixel } from "../../image/pixels.ts";
import { addLabel, removeLabel, renameLabel, restart, say, startFrom, takeBack } from "../edit.ts";
import type { HandEdit } from "../retouch/handEdit.ts";
import { newSession, redo, type Session, state, undo, withEvents } from "../session.ts";
import { readSession, writeSession } from "./sessionDocument.ts";

const SIZE = { width: 9, height: 7 };

/** What a person may do next; one that the session refuses leaves it as it was. */
const step: fc.Arbitrary<(session: Session) => Session> = fc.oneof(
  fc
    .record({ x: fc.double({ min: 0, max: 8, noNaN: true }), y: fc.nat(6), label: fc.nat(3) })
    .map(({ x, y, label }) => (session: Session) => {
      const { labels } = state(session);
      return say(session, { kind: "click", at: pixel(x, y), says: labels[label % labels.length] });
    }),
  fc
    .array(fc.tuple(fc.nat(8), fc.nat(6)), { minLength: 1, maxLength: 5 })
    .map((points) => (session: Session) => {
      const prompt: Prompt = {
        kind: "stroke",
        points: points.map(([x, y]) => pixel(x, y)),
        width: 1.5,
        says: "background",
      };
      return say(session, prompt);
    }),
  fc.constant((session: Session) =>
    say(session, {
      kind: "box",
      from: pixel(0, 0),
      to: pixel(8, 6),
      says: state(session).labels[1],
    }),
  ),
  fc.nat(9).map((at) => (session: Session) => {
    const ids = [...state(session).prompts.keys()];
    return takeBack(session, ids[at % ids.length]);
  }),
  fc
    .string({ minLength: 1, maxLength: 4 })
    .map((label) => (session: Session) => addLabel(session, label)),
  fc
    .string({ minLength: 1, maxLength: 4 })
    .map((to) => (session: Session) => renameLabel(session, state(session).labels[1], to)),
  fc.constant((session: Session) => removeLabel(session, state(session).labels[1])),
  fc.uint8Array({ minLength: 63, maxLength: 63 }).map((data) => (session: Session) => {
    const { labels } = state(session);
    const mask = { ...SIZE, data: data.map((value) => value % labels.length) };
    return startFrom(session, mask, 2.5);
  }),
  fc.uint8Array({ minLength: 63, maxLength: 63, max: 1 }).map((data) => (session: Session) => {
    const mask = { ...SIZE, data };
    const pixels = pixelSetOf(mask);
    const [says] = state(session).labels.slice(1);
    const edits: readonly HandEdit[] = [
      ...(pixels ? [{ kind: "fill", pixels, says, only: "background" } as const] : []),
      { kind: "polygons", outlines: outlines(mask), says },
      { kind: "fill holes", label: says },
      { kind: "drop islands", label: says },
      { kind: "smooth", label: says, sigma: 0.5 },
      { kind: "grow", label: says, by: -1 },
      {
        kind: "brush",
        hardness: 0.5,
        stroke: { kind: "stroke", points: [pixel(3, 3)], width: 2, says },
      },
    ];
    const together = edits.map((edit) => ({ kind: "edit", edit }) as const);
    return withEvents(session, [together[0], { kind: "together", events: together }]);
  }),
  fc.constant((session: Session) => {
    const [, label, into] = state(session).labels;
    if (into === undefined) return session;
    return withEvents(session, [{ kind: "merge labels", label, into }]);
  }),
  fc.constant(restart),
  fc.constant(undo),
  fc.constant(redo),
);

const sessions: fc.Arbitrary<Session> = fc
  .array(step, { maxLength: 30 })
  .map((steps) => steps.reduce(orNot, newSession(SIZE, ["background", "cat", "dog"])));

function orNot(session: Session, next: (session: Session) => Session): Session {
  try {
    return next(session);
  } catch (error) {
    if (error instanceof RangeError) return session;
    throw error;
  }
}

test("through JSON and back a session is the same, undone events included", () => {
  fc.assert(
    fc.property(sessions, (session) => {
      expect(readSession(JSON.parse(JSON.stringify(writeSession(session))))).toEqual(session);
    }),
  );
});

test("whatever is changed in a document, a session comes back that can be asked for a mask, or a FormatError", () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(-1, 1e12, "", [], null, "remove label"),
  );
  fc.assert(
    fc.property(sessions, fc.array(fc.nat()), anything, (session, way, value) => {
      const document = JSON.parse(JSON.stringify(writeSession(session)));
      put(document, way, value);
      try {
        const read = readSession(document);
        expect(readSession(writeSession(read))).toEqual(read);
      } catch (error) {
        expect((error as Error).name).toBe("FormatError");
      }
    }),
    {
      numRuns: 500,
      // An object that cannot be turned into text, where the version should be.
      examples: [[newSession({ width: 9, height: 7 }), [1], { toString: "" }]],
    },
  );
});

/** Put a value at a place that is found by going down, at each level the `way`-th of what is there. */
function put(document: object, way: readonly number[], value: unknown): void {
  let here = document as Record<string, unknown>;
  for (const turn of [...way, 0]) {
    const keys = Object.keys(here);
    const key = keys[turn % keys.length];
    const below = here[key];
    if (typeof below !== "object" || below === null || Object.keys(below).length === 0) {
      here[key] = value;
      return;
    }
    here = below as Record<string, unknown>;
  }
}

test("a document is what docs/project.md says", () => {
  let session = newSession({ width: 3, height: 2 });
  session = say(session, { kind: "click", at: pixel(1, 0.5), says: "object" });
  session = startFrom(session, { width: 3, height: 2, data: Uint8Array.from([0, 1, 1, 0, 0, 1]) });
  expect(writeSession(undo(session))).toEqual({
    format: "maskwise session",
    version: 1,
    width: 3,
    height: 2,
    labels: ["background", "object"],
    events: [
      { kind: "say", id: "p0", prompt: { kind: "click", at: [1, 0.5], says: "object" } },
      {
        kind: "start from",
        mask: { size: [2, 3], labels: { "1": "2111" } },
        precision: 1,
      },
    ],
    at: 1,
  });
});

test("each fault is told with the path to it", () => {
  const fault = (change: object): string => {
    const session = say(newSession(SIZE), { kind: "click", at: pixel(1, 1), says: "object" });
    try {
      readSession({ ...writeSession(session), ...change }, "cat.jpg");
    } catch (error) {
      return `${error}`;
    }
    return "none";
  };
  const click = { kind: "click", at: [1, 1], says: "object" };
  const saying = (prompt: unknown) => ({ events: [{ kind: "say", id: "p0", prompt }] });
  const from = (mask: unknown) => ({ events: [{ kind: "start from", mask, precision: 1 }] });
  expect([
    fault({ version: 2 }),
    fault({ at: 2 }),
    fault({ events: [{ kind: "erase" }] }),
    fault(saying({ ...click, at: [1, "12"] })),
    fault(saying({ ...click, at: [1, 7] })),
    fault(saying({ ...click, says: "cow" })),
    fault(saying({ ...click, colour: "red" })),
    fault(from({ size: [7, 9], labels: { "1": "99" } })),
    fault(from({ size: [7, 9], labels: { "1": "0o1", "2": "0o1" } })),
    fault(from({ size: [1, 1], labels: {} })),
    fault(from({ size: [2 ** 20, 2 ** 20], labels: {} })),
    fault({ labels: ["background", "background"] }),
  ]).toMatchInlineSnapshot(`
    [
      "FormatError: cat.jpg: expected a session, got version: expected 1, got 2. Was it written by a newer Maskwise?.",
      "FormatError: cat.jpg at at: expected at most the number of events, 1, got 2.",
      "FormatError: cat.jpg: expected a session, got events.0.kind: Invalid discriminator value. Expected 'say' | 'take back' | 'add label' | 'rename label' | 'remove label' | 'merge labels' | 'start from' | 'edit' | 'together' | 'lock' | 'unlock' | 'set strength' | 'restart'.",
      "FormatError: cat.jpg: expected a session, got events.0.prompt.at.1: Invalid input: expected number, received string.",
      "FormatError: cat.jpg: click.at: expected a position inside the image, x from 0 to 8 and y from 0 to 6, got (1, 7).",
      "FormatError: cat.jpg: click: expected one of the labels background, object, got "cow". Add the label first.",
      "FormatError: cat.jpg: expected a session, got events.0.prompt: Unrecognized key: "colour".",
      "FormatError: cat.jpg: expected a session, got events.0.mask: maskOfRunLengths: expected runs that fill 9×7 = 63 pixels, got 18. Are width and height exchanged?.",
      "FormatError: cat.jpg: expected a session, got events.0.mask: expected one label a pixel, got 1 and 2 at 0.",
      "FormatError: cat.jpg: segment: expected a mask of 9×7, got 1×1. Make it the size of the image.",
      "FormatError: cat.jpg: expected a session, got events.0.mask.size: expected at most 2²⁹ pixels.",
      "FormatError: cat.jpg: segment: expected different names beginning with "background", got ["background","background"].",
    ]
  `);
});
