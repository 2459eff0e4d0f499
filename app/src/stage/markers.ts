/** What was said, drawn where it was said; each prompt has one handle to take it back by. */

import { BACKGROUND, type PixelPoint, type Prompt } from "maskwise";
import { BACKGROUND_COLOUR } from "../state/colours.ts";
import { type Frame, type Point, toStage } from "./frame.ts";

/** Radius of a handle, in CSS pixels. */
const RADIUS = 7;

/** A pointer this near to the centre of a handle is on it, in CSS pixels. */
const REACH = 9;

/** Where the handle of a prompt is: a click's place, a stroke's or a lasso's beginning, a box's first corner. */
export function handleOf(prompt: Prompt): PixelPoint {
  switch (prompt.kind) {
    case "click":
      return prompt.at;
    case "stroke":
    case "lasso":
      return prompt.points[0] ?? { unit: "pixel", x: 0, y: 0 };
    case "box":
      return prompt.from;
    default:
      return prompt satisfies never;
  }
}

/** The id of the prompt whose handle lies under a point of the stage; of several, the nearest. */
export function promptUnder(
  prompts: ReadonlyMap<string, Prompt>,
  frame: Frame,
  on: Point,
): string | undefined {
  let nearest: string | undefined;
  let least = REACH;
  for (const [id, prompt] of prompts) {
    const { x, y } = toStage(frame, handleOf(prompt));
    const distance = Math.hypot(x - on.x, y - on.y);
    if (distance <= least) {
      nearest = id;
      least = distance;
    }
  }
  return nearest;
}

/** All prompts but one, such as one that is being dragged. */
export function without(
  prompts: ReadonlyMap<string, Prompt>,
  id: string | undefined,
): ReadonlyMap<string, Prompt> {
  if (id === undefined) return prompts;
  return new Map([...prompts].filter(([other]) => other !== id));
}

/** How prompts are drawn. */
export interface Marking {
  readonly frame: Frame;
  colourOf(label: string): string;
}

/** Draw strokes, boxes and lassos; the pen's unit is a CSS pixel. */
export function drawShape(pen: CanvasRenderingContext2D, prompt: Prompt, marking: Marking): void {
  const { frame } = marking;
  const colour = marking.colourOf(prompt.says);
  if (prompt.kind === "stroke") {
    pen.globalAlpha = 0.5;
    pen.strokeStyle = colour;
    pen.lineWidth = Math.max(2, prompt.width * frame.scale);
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.beginPath();
    for (const point of prompt.points) {
      const { x, y } = toStage(frame, point);
      pen.lineTo(x, y);
      // A stroke of one point is a dot, and a path of one point draws nothing.
      if (prompt.points.length === 1) pen.lineTo(x, y + 0.01);
    }
    pen.stroke();
    pen.globalAlpha = 1;
  } else if (prompt.kind === "box") {
    const from = toStage(frame, prompt.from);
    const to = toStage(frame, prompt.to);
    const half = frame.scale / 2;
    const left = Math.min(from.x, to.x) - half;
    const top = Math.min(from.y, to.y) - half;
    const width = Math.abs(to.x - from.x) + frame.scale;
    const height = Math.abs(to.y - from.y) + frame.scale;
    const outline = new Path2D();
    outline.rect(left, top, width, height);
    drawDashed(pen, outline, colour);
  } else if (prompt.kind === "lasso") {
    const outline = new Path2D();
    for (const point of prompt.points) {
      const { x, y } = toStage(frame, point);
      outline.lineTo(x, y);
    }
    outline.closePath();
    drawDashed(pen, outline, colour);
  }
}

function drawDashed(pen: CanvasRenderingContext2D, outline: Path2D, colour: string): void {
  pen.lineJoin = "round";
  pen.lineWidth = 3.5;
  pen.strokeStyle = "rgb(0 0 0 / 0.45)";
  pen.stroke(outline);
  pen.lineWidth = 1.75;
  pen.strokeStyle = colour;
  pen.setLineDash([7, 5]);
  pen.stroke(outline);
  pen.setLineDash([]);
}

/** Draw a prompt's handle: plus for an object, minus for the background, a cross under the pointer. */
export function drawHandle(
  pen: CanvasRenderingContext2D,
  prompt: Prompt,
  marking: Marking,
  isHovered: boolean,
): void {
  const { x, y } = toStage(marking.frame, handleOf(prompt));
  const isBackground = prompt.says === BACKGROUND;
  pen.beginPath();
  pen.arc(x, y, RADIUS + 2.5, 0, 2 * Math.PI);
  pen.fillStyle = "rgb(0 0 0 / 0.35)";
  pen.fill();
  pen.beginPath();
  pen.arc(x, y, RADIUS + 1, 0, 2 * Math.PI);
  pen.fillStyle = "#fff";
  pen.fill();
  pen.beginPath();
  pen.arc(x, y, RADIUS - 0.75, 0, 2 * Math.PI);
  pen.fillStyle = isBackground ? BACKGROUND_COLOUR : marking.colourOf(prompt.says);
  pen.fill();
  drawSign(pen, x, y, signOf(isHovered, isBackground));
}

function signOf(isHovered: boolean, isBackground: boolean): readonly Point[] {
  if (isHovered) return CROSS;
  return isBackground ? MINUS : PLUS;
}

const MINUS: readonly Point[] = [
  { x: -3, y: 0 },
  { x: 3, y: 0 },
];
const PLUS: readonly Point[] = [...MINUS, { x: 0, y: -3 }, { x: 0, y: 3 }];
const CROSS: readonly Point[] = [
  { x: -2.5, y: -2.5 },
  { x: 2.5, y: 2.5 },
  { x: -2.5, y: 2.5 },
  { x: 2.5, y: -2.5 },
];

/** Strokes between pairs of points around (x, y). */
function drawSign(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  sign: readonly Point[],
): void {
  pen.beginPath();
  sign.forEach((point, i) => {
    if (i % 2 === 0) pen.moveTo(x + point.x, y + point.y);
    else pen.lineTo(x + point.x, y + point.y);
  });
  pen.lineCap = "round";
  pen.lineWidth = 2;
  pen.strokeStyle = "#fff";
  pen.stroke();
}
