/** What is known of objects by COCO JSON: boxes, keypoints, or masks to be refined. */

import { checkPath } from "../data/checkFiles.ts";
import type { DataFolder } from "../data/edge.ts";
import { type PhotoFinder, photosOf } from "../data/readers/cocoPhotos.ts";
import { FormatError } from "../formats/formatError.ts";
import { jsonElements } from "../formats/jsonElements.ts";
import { at, type Field, listAt, numberAt, textAt, wholeAt, wrong } from "../formats/jsonFields.ts";
import type { Job, JobCategory, JobObject, JobPoint, Plan, PromptKind } from "./job.ts";

/** What is planned from. */
export interface PlanSource {
  /** The folder that the file lies in. */
  readonly folder: DataFolder;
  /** The file's path inside it. */
  readonly file: string;
}

/** Of three numbers a keypoint's last says: 0 not there, 1 hidden by something else, 2 seen. */
const SEEN = 2;

/**
 * @param pictures The folder that the pictures lie in, unpacked in one of the usual ways.
 * @throws {FormatError} Not COCO JSON, with the path to the fault; a picture that is listed twice.
 */
export async function planFromCoco(
  { folder, file }: PlanSource,
  pictures: DataFolder,
  kinds: readonly PromptKind[],
): Promise<Plan> {
  const images = new Map<number | string, string>();
  const categories: JobCategory[] = [];
  const objects = new Map<number | string, Annotation[]>();
  const lists = ["images", "categories", "annotations"] as const;
  for await (const { list, field } of jsonElements(file, folder.stream(file), lists)) {
    if (list === "images") addImage(images, field);
    else if (list === "categories") categories.push(categoryAt(field));
    else {
      const object = objectAt(field, kinds);
      const image = idAt(at(field, "image_id"));
      const known = objects.get(image);
      if (object === undefined) continue;
      if (known === undefined) objects.set(image, [object]);
      else known.push(object);
    }
  }
  check(images, categories, objects);
  const name = file.slice(file.lastIndexOf("/") + 1).replace(/\.json$/, "");
  const find = photosOf(pictures, file, name.replace(/^instances_/, ""));
  const jobs = await jobsOf(images, objects, categories, find);
  return { jobs, categories, passedOver: images.size - jobs.length };
}

function addImage(images: Map<number | string, string>, image: Field): void {
  const id = idAt(at(image, "id"));
  if (images.has(id)) throw wrong(at(image, "id"), "an id of its own");
  images.set(id, checkPath(at(image, "file_name")));
}

function categoryAt(field: Field): JobCategory {
  return { id: wholeAt(at(field, "id"), 0), name: textAt(at(field, "name")) };
}

/** An object whose category is a number still. */
type Annotation = Omit<JobObject, "category"> & { readonly number: number };

/** What is known of an object in the wanted ways; `undefined` where nothing is, and for crowds. */
function objectAt(field: Field, kinds: readonly PromptKind[]): Annotation | undefined {
  if (at(field, "iscrowd").value === 1) return undefined;
  const has = (name: string) => (at(field, name).value ?? undefined) !== undefined;
  const points =
    kinds.includes("points") && has("keypoints") ? pointsAt(at(field, "keypoints")) : [];
  const id = at(field, "id").value;
  const known: Omit<JobObject, "category"> = {
    ...(kinds.includes("boxes") && has("bbox") && { box: boxAt(at(field, "bbox")) }),
    ...(points.length > 0 && { points }),
    ...(kinds.includes("masks") &&
      has("segmentation") && {
        mask: at(field, "segmentation").value as NonNullable<JobObject["mask"]>,
      }),
  };
  if (Object.keys(known).length === 0) return undefined;
  const number = has("category_id") ? wholeAt(at(field, "category_id"), 0) : 1;
  return { ...(Number.isSafeInteger(id) && { id: Number(id) }), number, ...known };
}

/**
 * COCO's boxes are left, top, width and height between the corners of pixels; here they are the
 * pixels that lie in them, also in part.
 */
function boxAt(field: Field): readonly [number, number, number, number] {
  const numbers = listAt(field).map(numberAt);
  const [left, top, width, height] = numbers;
  if (numbers.length !== 4 || width < 0 || height < 0) {
    throw wrong(field, "left, top, width and height");
  }
  const first = (from: number) => Math.floor(from);
  const last = (from: number, length: number) =>
    Math.max(first(from), Math.ceil(from + length) - 1);
  return [first(left), first(top), last(left, width), last(top, height)];
}

function pointsAt(field: Field): readonly JobPoint[] {
  const numbers = listAt(field).map(numberAt);
  if (numbers.length % 3 !== 0) throw wrong(field, "x, y and visibility in turn");
  const points: JobPoint[] = [];
  for (let i = 0; i < numbers.length; i += 3) {
    if (numbers[i + 2] === SEEN) points.push({ x: numbers[i], y: numbers[i + 1], says: "object" });
  }
  return points;
}

/** Whatever an annotation names must be there; a file without categories has one, `object`. */
function check(
  images: ReadonlyMap<number | string, string>,
  categories: JobCategory[],
  objects: ReadonlyMap<number | string, readonly Annotation[]>,
): void {
  if (images.size === 0) {
    throw new FormatError(`images: expected a list of images, got none.`);
  }
  const paths = new Set<string>();
  for (const path of images.values()) {
    if (paths.has(path)) {
      throw new FormatError(`images: expected different files, got "${path}" twice.`);
    }
    paths.add(path);
  }
  if (categories.length === 0) categories.push({ id: 1, name: "object" });
  const known = new Set(categories.map(({ id }) => id));
  for (const [image, own] of objects) {
    if (!images.has(image)) {
      throw new FormatError(
        `annotations: expected the ids of images in image_id, got ${JSON.stringify(image)}.`,
      );
    }
    const stray = own.find(({ number }) => !known.has(number));
    if (stray !== undefined) {
      throw new FormatError(
        `annotations: expected the ids of categories in category_id, got ${stray.number}.`,
      );
    }
  }
}

async function jobsOf(
  images: ReadonlyMap<number | string, string>,
  objects: ReadonlyMap<number | string, readonly Annotation[]>,
  categories: readonly JobCategory[],
  find: PhotoFinder,
): Promise<readonly Job[]> {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const entries = [...images];
  // COCO's ids are numbers; where a program wrote texts, the pictures are numbered anew.
  const areNumbers = entries.every(([id]) => typeof id === "number");
  const jobs: Job[] = [];
  for (const [index, [id, path]] of entries.entries()) {
    const own = objects.get(id);
    if (own === undefined) continue;
    jobs.push({
      id: areNumbers ? Number(id) : index + 1,
      // Where it is missing, its job says so when it is read.
      picture: await find(path).catch(() => path),
      objects: own.map(({ number, ...known }) => ({
        category: names.get(number) ?? `${number}`,
        ...known,
      })),
    });
  }
  return jobs;
}

/** Ids are whole numbers, and some programs write texts. */
function idAt(field: Field): number | string {
  return typeof field.value === "string" ? field.value : wholeAt(field, 0);
}
