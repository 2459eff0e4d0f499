import { BACKGROUND, type Corner, type Outline, pixel } from "maskwise";
import { expect, test } from "vitest";
import { gripUnder, vertexCount, withoutVertex } from "./polygon/rings.ts";
import { tools } from "./table.ts";
import type { Action, Pointer, Surroundings, ToolState } from "./tool.ts";

const corner = (x: number, y: number): Corner => ({ unit: "corner", x, y });

const SQUARE: readonly Outline[] = [
  { outer: [corner(10, 10), corner(40, 10), corner(40, 40), corner(10, 40)], holes: [] },
];

/** A stage on which a picture pixel is a CSS pixel. */
const frame = { scale: 1, x: 0, y: 0 };

const around: Surroundings = {
  picture: { width: 100, height: 80 },
  label: "cat",
  brush: 10,
  hardness: 0.5,
  polygon: SQUARE,
  promptUnder: () => undefined,
  prompt: () => undefined,
  gripUnder: (on) => gripUnder(SQUARE, frame, on),
  onStage: ({ x, y }) => ({ x, y }),
};

function at(x: number, y: number, more: Partial<Pointer> = {}): Pointer {
  return { at: pixel(x - 0.5, y - 0.5), on: { x, y }, button: "left", shift: false, ...more };
}

/** Presses, moves and lets go; the state it ends in and what was done. */
function drag(
  tool: ToolState,
  [first, ...others]: readonly Pointer[],
): { readonly state: ToolState; readonly done: readonly Action[] } {
  const done: Action[] = [];
  let state = tool;
  const take = (step: ReturnType<ToolState["press"]>): void => {
    state = step.state;
    if (step.action) done.push(step.action);
  };
  if (first) take(state.press(first, around));
  for (const pointer of others) take(state.move(pointer, around));
  const end = others.at(-1) ?? first;
  if (end) take(state.release(end, around));
  return { state, done };
}

const points = (done: readonly Action[]) =>
  done.flatMap((action) =>
    action.kind === "edit" && action.edit.kind === "brush" ? action.edit.stroke.points : [],
  );

test("a brush paints the selected object along the pointer, with its size and hardness", () => {
  expect(drag(tools.paint, [at(20.5, 20.5), at(40.5, 20.5)]).done).toEqual([
    {
      kind: "edit",
      edit: {
        kind: "brush",
        stroke: { kind: "stroke", points: [pixel(20, 20), pixel(40, 20)], width: 10, says: "cat" },
        hardness: 0.5,
      },
    },
  ]);
});

test("the eraser takes from the selected object only, and each of the two does the other with the right button", () => {
  const said = (tool: ToolState, pointer: Pointer) =>
    drag(tool, [pointer]).done.map(
      (action) =>
        action.kind === "edit" &&
        action.edit.kind === "brush" && [action.edit.stroke.says, action.edit.only],
    );
  expect(said(tools.erase, at(20, 20))).toEqual([[BACKGROUND, "cat"]]);
  expect(said(tools.paint, at(20, 20, { button: "right" }))).toEqual([[BACKGROUND, "cat"]]);
  expect(said(tools.erase, at(20, 20, { button: "right" }))).toEqual([["cat", undefined]]);
});

test("with Shift a line is straight, from where Shift was pressed or the last stroke ended", () => {
  const shift = { shift: true };
  const { state, done } = drag(tools.paint, [
    at(10.5, 10.5),
    at(30.5, 30.5, shift),
    at(50.5, 12.5, shift),
  ]);
  expect(points(done)).toEqual([pixel(10, 10), pixel(50, 12)]);
  expect(points(drag(state, [at(70.5, 60.5, shift)]).done)).toEqual([pixel(50, 12), pixel(70, 60)]);
});

test("a vertex is dragged, an edge gets one, and a right press takes one away", () => {
  const rings = (done: readonly Action[]) =>
    done.map(
      (action) =>
        action.kind === "edit" &&
        action.edit.kind === "polygons" &&
        action.edit.outlines.map(({ outer }) => outer.map(({ x, y }) => [x, y])),
    );
  expect(rings(drag(tools.polygon, [at(40, 10), at(50, 5)]).done)).toEqual([
    [
      [
        [10, 10],
        [50, 5],
        [40, 40],
        [10, 40],
      ],
    ],
  ]);
  expect(rings(drag(tools.polygon, [at(25, 41), at(25, 60)]).done)).toEqual([
    [
      [
        [10, 10],
        [40, 10],
        [40, 40],
        [25, 60],
        [10, 40],
      ],
    ],
  ]);
  expect(rings(drag(tools.polygon, [at(40, 10, { button: "right" })]).done)).toEqual([
    [
      [
        [10, 10],
        [40, 40],
        [10, 40],
      ],
    ],
  ]);
  expect(drag(tools.polygon, [at(40, 10)]).done).toEqual([]);
});

test("a ring with three vertices goes with one of them", () => {
  const triangle = withoutVertex(SQUARE, { kind: "vertex", piece: 0, hole: -1, index: 0 });
  expect(vertexCount(triangle)).toBe(3);
  expect(withoutVertex(triangle, { kind: "vertex", piece: 0, hole: -1, index: 0 })).toEqual([]);
});

test("presses draw a ring, one on the first vertex closes it, Backspace takes one back", () => {
  const pressed = (state: ToolState, x: number, y: number, button: "left" | "right" = "left") =>
    drag(state, [at(x, y, { button })]);
  const three = [
    [70, 40],
    [60, 60],
  ].reduce(
    (state, [x = 0, y = 0]) => pressed(state, x, y).state,
    pressed(tools.polygon, 60, 40).state,
  );
  const wrong = pressed(three, 90, 70).state;
  const back = wrong.key?.("Backspace", around)?.state ?? wrong;
  const { state, done } = pressed(back, 61, 41);
  expect(state).toBe(tools.polygon);
  expect(done).toEqual([
    {
      kind: "edit",
      edit: {
        kind: "polygons",
        outlines: [
          ...SQUARE,
          { outer: [corner(60, 40), corner(70, 40), corner(60, 60)], holes: [] },
        ],
        says: "cat",
      },
    },
  ]);
  expect(three.key?.("Enter", around)?.action).toEqual(done[0]);
  expect(three.key?.("x", around)).toBeUndefined();
});

test("a ring drawn with the right button cuts out what is inside, of the selected object", () => {
  const right = { button: "right" } as const;
  const states = [
    [20, 31],
    [31, 31],
  ].reduce(
    (state, [x = 0, y = 0]) => drag(state, [at(x, y, right)]).state,
    drag(tools.polygon, [at(20, 20, right)]).state,
  );
  const action = states.key?.("Enter", around)?.action;
  expect(action).toMatchObject({
    kind: "edit",
    edit: { kind: "fill", says: BACKGROUND, only: "cat", pixels: { left: 20, top: 21 } },
  });
});

test("no polygon is edited while the background is selected", () => {
  const { action } = tools.polygon.press(at(40, 10), { ...around, label: BACKGROUND });
  expect(action).toEqual({ kind: "choose an object" });
});
