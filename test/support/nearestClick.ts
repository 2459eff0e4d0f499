/** A small picture, a model that anybody can compute, and short words for what is said and done. */

import type { Prompt, Stroke } from "../../src/clicks/prompts.ts";
import { type Mask, pixel } from "../../src/image/pixels.ts";
import type { Model, Question } from "../../src/models/model.ts";
import { say } from "../../src/session/edit.ts";
import type { HandEdit } from "../../src/session/retouch/handEdit.ts";
import { openPicture } from "../../src/session/segmenter.ts";
import { newSession, type Session } from "../../src/session/session.ts";

export const SIZE = { width: 12, height: 8 };
export const LABELS = ["background", "object", "cat"];
const CONTEXT = { run: () => Promise.reject(new Error("this model runs no graphs")) };

/** A model of which every pixel has the label of the nearest click, with a probability of 0.8; ties are the first's. */
export const asked: Question[] = [];
const nearest: Model = {
  name: "nearest",
  encode: async ({ width, height }) => ({
    width,
    height,
    answer: async (question) => {
      asked.push(question);
      const clicks = question.prompts.filter((prompt) => prompt.kind === "click");
      const { labels } = question;
      const labelAt = (x: number, y: number): number => {
        let [best, least] = [0, Infinity];
        for (const { at, says } of clicks) {
          const distance = (at.x - x) ** 2 + (at.y - y) ** 2;
          if (distance < least) [best, least] = [labels.indexOf(says), distance];
        }
        return best;
      };
      return {
        width,
        height,
        labels,
        rows: (from, to) => {
          const count = (to - from) * width;
          const rows = new Float32Array(count * labels.length).fill(0.2 / (labels.length - 1));
          for (let i = 0; i < count; i++) {
            rows[labelAt(i % width, from + Math.floor(i / width)) * count + i] = 0.8;
          }
          return rows;
        },
      };
    },
  }),
};

const segmenter = openPicture({ ...SIZE, data: new Uint8Array(12 * 8 * 3) }, nearest, CONTEXT);
export const answerOf = async (session: Session) => (await segmenter).segment(session);
export const maskOf = async (session: Session): Promise<Mask> => (await answerOf(session)).mask;

export const click = (x: number, y: number, says = "object"): Prompt => ({
  kind: "click",
  at: pixel(x, y),
  says,
});
export const stroke = (
  says: string,
  width: number,
  ...points: readonly [number, number][]
): Stroke => ({
  kind: "stroke",
  points: points.map(([x, y]) => pixel(x, y)),
  width,
  says,
});
export const painted = (of: Stroke, hardness = 1): HandEdit => ({
  kind: "brush",
  stroke: of,
  hardness,
});

/** The left half is the object. */
export const half = say(say(newSession(SIZE, LABELS), click(2, 4)), click(9, 4, "background"));
export const HALF = Array.from({ length: 8 }, () => "######......");
