/** Paths of SVG made of straight lines: moves, lines along and across, and their ends. */

import type { Corner, Ring } from "../../image/outlines.ts";
import { type Field, textAt, wrong } from "../jsonFields.ts";

/** How many numbers a command takes. */
const NUMBERS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, Z: 0 };
const TOKEN = /([a-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)|([\s,]+)|(.)/giy;

/**
 * The rings of a path's `d`.
 *
 * @throws {FormatError} Curves, or no path.
 */
export function ringsOfPath(field: Field): readonly Ring[] {
  const rings: Corner[][] = [];
  let [x, y] = [0, 0];
  const run = (command: string, numbers: readonly number[]): void => {
    const kind = command.toUpperCase();
    const [fromX, fromY] = command === kind ? [0, 0] : [x, y];
    const ring = rings.at(-1);
    if (kind === "Z") {
      const first = ring?.[0];
      if (first !== undefined) [x, y] = [first.x, first.y];
      return;
    }
    if (kind === "H") x = fromX + numbers[0];
    else if (kind === "V") y = fromY + numbers[0];
    else [x, y] = [fromX + numbers[0], fromY + numbers[1]];
    if (kind === "M") rings.push([{ unit: "corner", x, y }]);
    else if (ring === undefined) throw wrong(field, "a path that begins with M");
    else ring.push({ unit: "corner", x, y });
  };
  for (const [command, numbers] of commands(field)) run(command, numbers);
  return rings;
}

/** Commands with their numbers, one after another; after a move more numbers are lines. */
function* commands(field: Field): Generator<readonly [string, readonly number[]]> {
  let command = "";
  let numbers: number[] = [];
  for (const [, letter, number, space] of textAt(field).matchAll(TOKEN)) {
    if (space !== undefined) continue;
    if (letter !== undefined) {
      if (numbers.length > 0) throw wrong(field, "a path whose commands are whole");
      command = letter;
      if (takes(command, field) === 0) yield [letter, []];
      continue;
    }
    if (number === undefined || command === "" || takes(command, field) === 0) {
      throw wrong(field, "a path of letters and numbers");
    }
    numbers.push(Number(number));
    if (numbers.length < takes(command, field)) continue;
    yield [command, numbers];
    numbers = [];
    command = AFTER[command] ?? command;
  }
  if (numbers.length > 0) throw wrong(field, "a path whose commands are whole");
}

/** What numbers after a command's own mean. */
const AFTER: Readonly<Record<string, string>> = { M: "L", m: "l" };

function takes(command: string, field: Field): number {
  const count = NUMBERS[command.toUpperCase()];
  if (count !== undefined) return count;
  throw wrong(field, "a path of straight lines (M, L, H, V, Z); flatten curves first");
}
