/**
 * Anybody's network as a model: it sees the picture, the clicks and its answer before, and says where
 * the object is. `docs/evaluation.md` describes what a file must have.
 *
 * The whole network runs at every click. Its answers depend on what it was asked before on the same
 * picture: on the order of the clicks, and on `previous`.
 */

import { type Click, OBJECT } from "../../clicks/prompts.ts";
import { FormatError } from "../../formats/formatError.ts";
import type { Network, Numbers } from "../../graph/onnx/network.ts";
import { colourPlanes } from "../../image/colourPlanes.ts";
import type { Plane, Size } from "../../image/pixels.ts";
import { resizePicture, resizePlane } from "../../image/resize.ts";
import type { Model } from "../model.ts";
import { beliefOf, clicksOf } from "../oneObject.ts";
import { type AnswerName, type Signature, signatureOf } from "./clickSignature.ts";
import { shown } from "./values.ts";

/** What stands in rows of `clicks` that no click is in. */
const NO_CLICK = -1;
/** So far outside [0, 1] a probability may be: by rounding. */
const ROUNDING = 1e-4;

/**
 * @param file The name of the network's file, `NAME.onnx`.
 * @throws {FormatError} When the network does not take and give what it should.
 */
export function clickModel(file: string, network: Network): Model {
  const signature = signatureOf(file, network);
  const name = file.replace(/\.onnx$/i, "");
  return {
    name,
    encode: async (picture) => {
      const size = sizeFor(picture, signature);
      const planes = colourPlanes(resizePicture(picture, size));
      const image: Numbers = { sizes: [1, 3, size.height, size.width], data: planes };
      let said: readonly Click[] = [];
      let previous: Float32Array = new Float32Array(size.width * size.height);
      return {
        width: picture.width,
        height: picture.height,
        answer: async (question) => {
          said = inOrderOfSaying(said, clicksOf(question, name));
          const given = {
            image,
            clicks: rowsOf(said, picture, size, rowCount(file, said.length, signature)),
            ...(signature.takesPrevious && {
              previous: { sizes: [1, 1, size.height, size.width], data: previous },
            }),
          };
          const answer = planeOf(file, signature.answer, await network.run(given));
          previous = probabilityOf(resizePlane(answer, size), signature.answer).data;
          return beliefOf(question, probabilityOf(resizePlane(answer, picture), signature.answer));
        },
      };
    },
  };
}

/** What the network looks at: where the file fixes nothing, the picture as it is. */
function sizeFor({ width, height }: Size, { fixed }: Signature): Size {
  return { width: fixed.width ?? width, height: fixed.height ?? height };
}

/** Those that were said before, as far as they still are, and then the new ones. */
function inOrderOfSaying(before: readonly Click[], now: readonly Click[]): readonly Click[] {
  const key = ({ at, says }: Click) => `${at.x} ${at.y} ${says}`;
  const [known, present] = [new Set(before.map(key)), new Set(now.map(key))];
  return [
    ...before.filter((click) => present.has(key(click))),
    ...now.filter((click) => !known.has(key(click))),
  ];
}

/** How many rows `clicks` has: as many as there are clicks, or as the file fixes. */
function rowCount(file: string, clicks: number, { fixed }: Signature): number {
  const rows = fixed.clicks ?? clicks;
  if (clicks <= rows) return rows;
  throw new RangeError(
    `${file}: expected at most ${rows} clicks, which its input "clicks" has room for, got ${clicks}. Ask for fewer clicks, or export the model with any number of them.`,
  );
}

/** `[1, rows, 3]`: row, column, and 1 for object or 0 for background. */
function rowsOf(clicks: readonly Click[], from: Size, to: Size, rows: number): Numbers {
  const data = new Float32Array(3 * rows).fill(NO_CLICK);
  clicks.forEach(({ at, says }, row) => {
    const y = scaled(at.y, from.height, to.height);
    const x = scaled(at.x, from.width, to.width);
    data.set([y, x, says === OBJECT ? 1 : 0], 3 * row);
  });
  return { sizes: [1, rows, 3], data };
}

/** A position along a side, about the centres of pixels. */
function scaled(position: number, from: number, to: number): number {
  return ((position + 0.5) * to) / from - 0.5;
}

/** The answer, if it is `[1, 1, height, width]` and what it is called. */
function planeOf(
  file: string,
  name: AnswerName,
  { [name]: answer }: Readonly<Record<string, Numbers>>,
): Plane {
  const { sizes, data } = answer;
  const [batch, channels, height, width] = sizes;
  if (sizes.length !== 4 || batch !== 1 || channels !== 1 || data.length === 0) {
    throw new FormatError(
      `${file}: expected the output "${name}" to be [1, 1, height, width], got ${shown(sizes)}. Export the model so.`,
    );
  }
  const isRight =
    name === "logits" ? Number.isFinite : (p: number) => p >= -ROUNDING && p <= 1 + ROUNDING;
  const wrong = data.find((value) => !isRight(value));
  if (wrong !== undefined) {
    throw new FormatError(
      name === "logits"
        ? `${file}: expected finite logits, got ${wrong}. Look for a division by 0, or a logarithm of it.`
        : `${file}: expected probabilities from 0 to 1, got ${wrong}. If these are logits, call the output "logits".`,
    );
  }
  return { width, height, data };
}

function probabilityOf({ width, height, data }: Plane, of: AnswerName): Plane {
  const probability =
    of === "logits"
      ? (value: number) => 1 / (1 + Math.exp(-value))
      : (value: number) => Math.min(1, Math.max(0, value));
  return { width, height, data: data.map(probability) };
}
