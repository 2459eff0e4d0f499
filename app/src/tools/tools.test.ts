import { BACKGROUND, type Prompt, pixel } from "maskwise";
import { expect, test } from "vitest";
import { movedTo } from "./move/dragging.ts";
import { tools } from "./table.ts";
import type { Action, Pointer, Surroundings, ToolState } from "./tool.ts";

const PROMPTS: Readonly<Record<string, Prompt>> = {
  p3: { kind: "click", at: pixel(50, 50), says: "dog" },
};

const around: Surroundings = {
  picture: { width: 100, height: 80 },
  label: "cat",
  brush: 10,
  hardness: 1,
  polygon: [],
  gripUnder: () => undefined,
  onStage: ({ x, y }) => ({ x: x - 0.5, y: y - 0.5 }),
  prompt: (id) => PROMPTS[id],
  promptUnder: ({ x, y }) => (x === 50 && y === 50 ? "p3" : undefined),
};

/** A pointer at a point of a stage on which a picture pixel is a CSS pixel. */
function at(x: number, y: number, more: Partial<Pointer> = {}): Pointer {
  return { at: pixel(x, y), on: { x, y }, button: "left", shift: false, ...more };
}

/** What a tool does while a pointer is pressed, moved along places and let go at the last. */
function actions(tool: ToolState, [first, ...others]: readonly Pointer[]): readonly Action[] {
  const done: Action[] = [];
  let state = tool;
  const take = (step: ReturnType<ToolState["press"]>): void => {
    state = step.state;
    if (step.action) done.push(step.action);
  };
  if (!first) return done;
  take(state.press(first, around));
  for (const pointer of others) take(state.move(pointer, around));
  take(state.release(others.at(-1) ?? first, around));
  expect(state).toBe(tool);
  return done;
}

test("a click says the selected label; with the right button or Shift, background", () => {
  const says = (pointer: Pointer) =>
    actions(tools.click, [pointer]).map((action) => action.kind === "say" && action.prompt.says);
  expect(says(at(10.3, 20.4))).toEqual(["cat"]);
  expect(says(at(10, 20, { button: "right" }))).toEqual([BACKGROUND]);
  expect(says(at(10, 20, { shift: true }))).toEqual([BACKGROUND]);
});

test("a click is at the pixel under the pointer when it was pressed", () => {
  expect(actions(tools.click, [at(10.3, 20.4), at(12, 23)])).toEqual([
    { kind: "say", prompt: { kind: "click", at: pixel(10, 20), says: "cat" } },
  ]);
});

test("a click on a handle takes that prompt back, with every tool that says something", () => {
  for (const tool of [tools.click, tools.stroke, tools.box]) {
    expect(actions(tool, [at(50, 50)])).toEqual([{ kind: "take back", id: "p3" }]);
  }
});

test("beside the picture nothing is said", () => {
  expect(actions(tools.click, [at(-1, 20)])).toEqual([]);
  expect(actions(tools.stroke, [at(100, 20), at(90, 20)])).toEqual([]);
});

test("pressed and dragged away, the click tool moves the picture and says nothing", () => {
  expect(actions(tools.click, [at(10, 10), at(20, 10), at(25, 14)])).toEqual([
    { kind: "pan", dx: 5, dy: 4 },
  ]);
});

test("a stroke follows the pointer and ends at the edge of the picture", () => {
  const [said] = actions(tools.stroke, [at(80, 40), at(90, 40), at(140, 40)]);
  expect(said).toEqual({
    kind: "say",
    prompt: {
      kind: "stroke",
      points: [pixel(80, 40), pixel(90, 40), pixel(99, 40)],
      width: 10,
      says: "cat",
    },
  });
});

test("a prompt dragged by its handle is said where it is let go, with every tool that says something", () => {
  for (const tool of [tools.click, tools.stroke, tools.box, tools.lasso]) {
    expect(actions(tool, [at(50, 50), at(60, 50), at(70.2, 61.4)])).toEqual([
      { kind: "say instead", id: "p3", prompt: { kind: "click", at: pixel(70, 61), says: "dog" } },
    ]);
  }
});

test("whatever is dragged stays in the picture, and what has a shape keeps it", () => {
  const outline = [pixel(10, 10), pixel(30, 10), pixel(20, 30)];
  const lasso = { kind: "lasso", points: outline, says: "cat" } as const;
  const held = { id: "p0", from: outline[0] ?? pixel(0, 0) };
  const { picture } = around;
  expect(movedTo({ ...held, prompt: lasso }, pixel(15, 12), picture)).toEqual({
    ...lasso,
    points: [pixel(15, 12), pixel(35, 12), pixel(25, 32)],
  });
  expect(movedTo({ ...held, prompt: lasso }, pixel(500, -40), picture)).toEqual({
    ...lasso,
    points: [pixel(79, 0), pixel(99, 0), pixel(89, 20)],
  });
  const box = { kind: "box", from: pixel(10, 10), to: pixel(30, 40), says: "cat" } as const;
  expect(movedTo({ ...held, prompt: box }, pixel(-3, 12.4), picture)).toEqual({
    ...box,
    from: pixel(0, 12),
  });
  expect(movedTo({ ...held, prompt: box }, pixel(30, 12), picture)).toEqual(box);
});

test("a lasso follows the pointer and is closed by letting go; a slip of the hand is none", () => {
  const [said] = actions(tools.lasso, [at(10, 10), at(40, 10), at(40, 30), at(10, 140)]);
  expect(said).toEqual({
    kind: "say",
    prompt: {
      kind: "lasso",
      points: [pixel(10, 10), pixel(40, 10), pixel(40, 30), pixel(10, 79)],
      says: "cat",
    },
  });
  expect(actions(tools.lasso, [at(10, 10), at(40, 10)])).toEqual([]);
  const { action } = tools.lasso.press(at(10, 10), { ...around, label: BACKGROUND });
  expect(action).toEqual({ kind: "choose an object" });
});

test("a box has whole pixels for corners, and one without height is none", () => {
  expect(actions(tools.box, [at(10.4, 10.2), at(30.7, 40.1)])).toEqual([
    {
      kind: "say",
      prompt: { kind: "box", from: pixel(10, 10), to: pixel(31, 40), says: "cat" },
    },
  ]);
  expect(actions(tools.box, [at(10, 10), at(30, 10)])).toEqual([]);
});

test("a box around the background is not begun", () => {
  const { action } = tools.box.press(at(10, 10), { ...around, label: BACKGROUND });
  expect(action).toEqual({ kind: "choose an object" });
});

test("whatever is under way, a cancel leads back to the beginning without a word", () => {
  for (const tool of Object.values(tools)) {
    const pressed = tool.press(at(10, 10), around).state;
    expect(pressed.cancel()).toBe(tool);
    expect(pressed.move(at(40, 40), around).state.cancel()).toBe(tool);
  }
});
