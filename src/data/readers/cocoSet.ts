/** One JSON file of COCO or LVIS as a set. */

import { INSIDE } from "../../clicks/truth.ts";
import { cocoSize, maskOfSegmentation } from "../../formats/cocoSegmentation.ts";
import { FormatError } from "../../formats/formatError.ts";
import { jsonElements } from "../../formats/jsonElements.ts";
import { at, type Field, textAt, wholeAt, wrong } from "../../formats/jsonFields.ts";
import type { Size } from "../../image/pixels.ts";
import { checkPath } from "../checkFiles.ts";
import { type Annotated, type DataSet, type Item, LeftOut, unreadable } from "../dataSet.ts";
import { pictureAt, toldAt } from "../decodeAt.ts";
import type { DataFolder } from "../edge.ts";
import { type PhotoFinder, photosOf } from "./cocoPhotos.ts";

/** @param path The JSON, inside the folder. */
export function cocoSet(folder: DataFolder, path: string): DataSet {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const name = file.replace(/\.json$/, "").replace(/^instances_/, "");
  return { name, count: undefined, items: () => items(folder, path, photosOf(folder, path, name)) };
}

interface CocoPhoto extends Size {
  /** As the JSON has it. */
  readonly file: string;
}

async function* items(folder: DataFolder, path: string, find: PhotoFinder): AsyncGenerator<Item> {
  const photos = await imagesOf(folder, path);
  for await (const { field } of jsonElements(path, folder.stream(path), ["annotations"])) {
    const load = async (): Promise<Annotated> => {
      const photo = photos.get(idAt(at(field, "image_id")));
      if (photo === undefined) throw wrong(at(field, "image_id"), "the id of an image");
      if (at(field, "iscrowd").value === 1) {
        throw new LeftOut(`${path}: ${field.path}: expected one object, got a crowd.`);
      }
      const found = await find(photo.file);
      const picture = await pictureAt(folder, { path: found, bytes: () => folder.read(found) });
      checkSize(found, picture, photo);
      const { data } = maskOfSegmentation(at(field, "segmentation"), photo);
      const truth = { width: photo.width, height: photo.height, data: data.map(inside) };
      return { picture, truth };
    };
    const item = (id: string, picture: string): Item => ({
      id,
      picture,
      load: () => toldAt(path, load),
    });
    try {
      yield item(String(idAt(at(field, "id"))), String(at(field, "image_id").value));
    } catch (error) {
      yield unreadable(field.path, error);
    }
  }
}

function inside(value: number): number {
  return value === 0 ? 0 : INSIDE;
}

/**
 * All images by their ids. They mostly come before the annotations, and then little of the file is
 * read; where they come after, all of it is.
 */
async function imagesOf(
  folder: DataFolder,
  path: string,
): Promise<ReadonlyMap<number | string, CocoPhoto>> {
  const photos = new Map<number | string, CocoPhoto>();
  const lists = ["images", "annotations"] as const;
  for await (const { list, field } of jsonElements(path, folder.stream(path), lists)) {
    if (list === "images") photos.set(idAt(at(field, "id")), photoAt(path, field));
    else if (photos.size > 0) break;
  }
  if (photos.size > 0) return photos;
  throw new FormatError(`${path}: images: expected a list of images, got none.`);
}

function photoAt(path: string, image: Field): CocoPhoto {
  try {
    return { ...cocoSize(image), file: checkPath(fileAt(image)) };
  } catch (cause) {
    throw new FormatError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

/** LVIS names photos by their addresses, whose last two parts are COCO's folder and file. */
function fileAt(image: Field): Field {
  const name = at(image, "file_name");
  if (name.value !== undefined) return name;
  const address = at(image, "coco_url");
  return { ...address, value: textAt(address).split("/").slice(-2).join("/") };
}

/** Ids are whole numbers, and some programs write texts. */
function idAt(field: Field): number | string {
  return typeof field.value === "string" ? field.value : wholeAt(field, 0);
}

function checkSize(file: string, got: Size, said: Size): void {
  if (got.width === said.width && got.height === said.height) return;
  throw new FormatError(
    `${file}: expected ${said.width}×${said.height} as images says, got ${got.width}×${got.height}.`,
  );
}
