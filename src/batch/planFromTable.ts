/** What is known of objects by files of our own: a table (CSV), or JSON. */

import Papa from "papaparse";
import { checkPath } from "../data/checkFiles.ts";
import type { DataFolder } from "../data/edge.ts";
import { FormatError } from "../formats/formatError.ts";
import { jsonElements } from "../formats/jsonElements.ts";
import { at, type Field, listAt, numberAt, textAt, wrong } from "../formats/jsonFields.ts";
import type { Job, JobCategory, JobObject, JobPoint, Plan, PromptKind } from "./job.ts";
import { picturesIn } from "./picturesIn.ts";
import type { PlanSource } from "./planFromCoco.ts";

/** What one entry says. */
interface Known {
  readonly picture: string;
  readonly label: string;
  /** What tells one object of a label from another of the same picture. */
  readonly object: string;
  readonly box?: readonly [number, number, number, number];
  readonly points?: readonly JobPoint[];
}

/**
 * `picture,label,x0,y0,x1,y1` (one box a row) or `picture,label,object,x,y,says` (one point a row; the
 * points of one `object` belong together). `label`, `object` and `says` may be left out.
 *
 * @throws {FormatError} A column is missing, or a cell is no number; with the row.
 */
export async function planFromCsv(
  { folder, file }: PlanSource,
  pictures: DataFolder,
  kinds: readonly PromptKind[],
): Promise<Plan> {
  const text = new TextDecoder().decode(await folder.read(file));
  const { data, errors, meta } = Papa.parse<Readonly<Record<string, string>>>(text, {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim().toLowerCase(),
  });
  const fault = errors.find(({ code }) => code !== "UndetectableDelimiter");
  if (fault !== undefined) {
    throw new FormatError(
      `row ${(fault.row ?? 0) + 1}: expected a table with one header, got "${fault.message}".`,
    );
  }
  const columns = meta.fields ?? [];
  const isBoxes = ["x0", "y0", "x1", "y1"].every((name) => columns.includes(name));
  const isPoints = ["x", "y"].every((name) => columns.includes(name));
  if (!columns.includes("picture") || !(isBoxes || isPoints)) {
    throw new FormatError(
      `expected the columns picture, x0, y0, x1, y1 for boxes or picture, x, y for points, got ${columns.join(", ") || "none"}.`,
    );
  }
  const known = data.map((cells, index): Known => {
    const row: Field = { value: cells, path: `row ${index + 1}` };
    const cell = (name: string) => (cells[name] ?? "").trim();
    const number = (name: string) => numberIn(at(row, name));
    const label = cell("label") || "object";
    return {
      picture: checkPath(at(row, "picture")),
      label,
      object: cell("object") || (isBoxes ? `row ${index}` : ""),
      ...(isBoxes && { box: [number("x0"), number("y0"), number("x1"), number("y1")] }),
      ...(isPoints && {
        points: [{ x: number("x"), y: number("y"), says: saysIn(at(row, "says")) }],
      }),
    };
  });
  return planOf(known, pictures, kinds);
}

/**
 * `{"pictures": [{"picture": "cat.jpg", "objects": [{"label": "cat", "box": [x0, y0, x1, y1],
 * "points": [{"x": 3, "y": 4, "says": "object"}]}]}]}`, read as a stream.
 *
 * @throws {FormatError} With the path to the fault.
 */
export async function planFromJson(
  { folder, file }: PlanSource,
  pictures: DataFolder,
  kinds: readonly PromptKind[],
): Promise<Plan> {
  const known: Known[] = [];
  for await (const { field } of jsonElements(file, folder.stream(file), ["pictures"])) {
    const picture = checkPath(at(field, "picture"));
    for (const [index, object] of listAt(at(field, "objects")).entries()) {
      const [label, box, points] = ["label", "box", "points"].map((name) => at(object, name));
      known.push({
        picture,
        label: label.value === undefined ? "object" : textAt(label),
        object: `${index}`,
        ...(box.value !== undefined && { box: boxAt(box) }),
        ...(points.value !== undefined && { points: listAt(points).map(pointAt) }),
      });
    }
  }
  return planOf(known, pictures, kinds);
}

function boxAt(field: Field): readonly [number, number, number, number] {
  const numbers = listAt(field).map(numberAt);
  if (numbers.length !== 4) throw wrong(field, "x0, y0, x1, y1");
  const [x0, y0, x1, y1] = numbers;
  return [x0, y0, x1, y1];
}

function pointAt(field: Field): JobPoint {
  const [x, y] = ["x", "y"].map((name) => numberAt(at(field, name)));
  return { x, y, says: saysIn(at(field, "says")) };
}

function saysIn(field: Field): JobPoint["says"] {
  const says = typeof field.value === "string" ? field.value.trim() : (field.value ?? "");
  if (says === "" || says === "object") return "object";
  if (says === "background") return "background";
  throw wrong(field, "object or background");
}

/** Cells are text. */
function numberIn(field: Field): number {
  const text = textAt(field).trim();
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) throw wrong(field, "a number");
  return value;
}

async function planOf(
  known: readonly Known[],
  pictures: DataFolder,
  kinds: readonly PromptKind[],
): Promise<Plan> {
  const categories = new Map<string, JobCategory>();
  const byPicture = new Map<string, Map<string, JobObject>>();
  for (const { picture, label, object, ...rest } of known) {
    if (!categories.has(label)) categories.set(label, { id: categories.size + 1, name: label });
    const objects = byPicture.get(picture) ?? new Map<string, JobObject>();
    byPicture.set(picture, objects);
    const key = JSON.stringify([label, object]);
    const before = objects.get(key) ?? { category: label };
    const points = kinds.includes("points") ? (rest.points ?? []) : [];
    objects.set(key, {
      ...before,
      ...(kinds.includes("boxes") && rest.box && { box: rest.box }),
      ...(points.length > 0 && { points: [...(before.points ?? []), ...points] }),
    });
  }
  const named = [...byPicture];
  const jobs = named.flatMap(([picture, objects], index): readonly Job[] => {
    const own = [...objects.values()].filter(isKnown);
    return own.length === 0 ? [] : [{ id: index + 1, picture, objects: own }];
  });
  let passedOver = named.length - jobs.length;
  for await (const picture of picturesIn(pictures)) if (!byPicture.has(picture)) passedOver++;
  return { jobs, categories: [...categories.values()], passedOver };
}

/** Background points alone say nothing of where an object is. */
function isKnown({ box, points = [] }: JobObject): boolean {
  return box !== undefined || points.some(({ says }) => says === "object");
}
