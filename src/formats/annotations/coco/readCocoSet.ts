/**
 * COCO JSON of any size, as it streams: images and categories may come after the annotations, which
 * are held as they are until their image's turn comes.
 */

import type { Size } from "../../../image/pixels.ts";
import { cocoSize } from "../../cocoSegmentation.ts";
import { FormatError } from "../../formatError.ts";
import { jsonElements } from "../../jsonElements.ts";
import { at, type Field, numberAt, textAt, wholeAt, wrong } from "../../jsonFields.ts";
import type { ReadOptions } from "../annotationFormat.ts";
import type {
  AnnotatedImage,
  AnnotationSet,
  Attributes,
  Category,
  Instance,
} from "../annotations.ts";
import { attributesAt, withAttributes } from "../attributes.ts";
import type { FileSource } from "../files.ts";
import { inFile, told } from "../inFile.ts";
import { isGiven } from "../notes.ts";
import { imageName } from "../relativePath.ts";
import { cocoRegion } from "./cocoRegion.ts";

/** What of an entry has a place in the value; everything else is an attribute or passed over. */
const IMAGE_KEYS: ReadonlySet<string> = new Set([
  "id",
  "file_name",
  "width",
  "height",
  "attributes",
]);
const CATEGORY_KEYS: ReadonlySet<string> = new Set(["id", "name", "supercategory", "attributes"]);
const ANNOTATION_KEYS: ReadonlySet<string> = new Set([
  ...["id", "image_id", "category_id", "segmentation", "bbox", "area", "iscrowd", "score"],
  ...["attributes", "group"],
]);

type Id = number | string;

interface Found {
  readonly images: Map<Id, Omit<AnnotatedImage, "instances">>;
  readonly categories: Map<Id, Category>;
  /** By the ids of their images. */
  readonly annotations: Map<Id, Field[]>;
}

export async function readCocoSet(
  files: FileSource,
  path: string,
  { passOver }: ReadOptions,
): Promise<AnnotationSet> {
  const found: Found = { images: new Map(), categories: new Map(), annotations: new Map() };
  const lists = ["images", "categories", "annotations"] as const;
  try {
    for await (const { list, field } of jsonElements(path, files.stream(path), lists)) {
      if (list === "images") addImage(found, field, passOver);
      else if (list === "categories") addCategory(found, field, passOver);
      else addAnnotation(found, field);
    }
    checkImages(found);
  } catch (cause) {
    throw told(path, cause);
  }
  return { categories: [...found.categories.values()], images: imagesOf(found, path, passOver) };
}

function addAnnotation({ annotations }: Found, field: Field): void {
  const id = idAt(at(field, "image_id"));
  const others = annotations.get(id);
  if (others === undefined) annotations.set(id, [field]);
  else others.push(field);
}

function checkImages({ images, annotations }: Found): void {
  if (images.size === 0) throw new FormatError("images: expected a list of images, got none.");
  for (const [id, [first]] of annotations) {
    if (!images.has(id)) throw wrong(at(first, "image_id"), "the id of an image");
  }
}

/** Instances are made when their image is asked for, every time. */
function imagesOf(found: Found, path: string, passOver: ReadOptions["passOver"]) {
  function* images(): Generator<AnnotatedImage> {
    for (const [id, image] of found.images) {
      const fields = found.annotations.get(id) ?? [];
      yield inFile(path, () => ({
        ...image,
        instances: fields.flatMap((field) => instanceOf(found.categories, image, field, passOver)),
      }));
    }
  }
  return { [Symbol.iterator]: images };
}

function addImage({ images }: Found, field: Field, passOver: ReadOptions["passOver"]): void {
  const id = idAt(at(field, "id"));
  if (images.has(id)) throw wrong(at(field, "id"), "an id of its own");
  images.set(id, {
    name: imageName(fileAt(field)),
    ...cocoSize(field),
    ...(typeof id === "number" && { id }),
    ...withAttributes(others(field, IMAGE_KEYS, passOver)),
  });
}

/** LVIS names photos by their addresses, whose last two parts are COCO's folder and file. */
function fileAt(image: Field): Field {
  const name = at(image, "file_name");
  if (name.value !== undefined) return name;
  const address = at(image, "coco_url");
  return { ...address, value: textAt(address).split("/").slice(-2).join("/") };
}

function addCategory({ categories }: Found, field: Field, passOver: ReadOptions["passOver"]): void {
  const id = idAt(at(field, "id"));
  if (categories.has(id)) throw wrong(at(field, "id"), "an id of its own");
  const supercategory = at(field, "supercategory").value;
  categories.set(id, {
    name: textAt(at(field, "name")),
    ...(typeof id === "number" && { id }),
    ...(typeof supercategory === "string" && supercategory !== "" && { supercategory }),
    ...withAttributes(others(field, CATEGORY_KEYS, passOver)),
  });
}

function instanceOf(
  categories: Found["categories"],
  image: Size,
  field: Field,
  passOver: ReadOptions["passOver"],
): readonly Instance[] {
  const category = categories.get(idAt(at(field, "category_id")));
  if (category === undefined) throw wrong(at(field, "category_id"), "the id of a category");
  const region = cocoRegion(field, image);
  if (region === undefined) {
    passOver?.("annotations without segmentation and bbox");
    return [];
  }
  const [id, score, group] = [at(field, "id"), at(field, "score"), at(field, "group")];
  return [
    {
      category: category.name,
      region,
      ...(isTrue(at(field, "iscrowd")) && { isCrowd: true }),
      ...(isGiven(score) && { score: numberAt(score) }),
      ...(isGiven(group) && wholeAt(group, 0) !== 0 && { group: wholeAt(group, 0) }),
      ...(Number.isSafeInteger(id.value) && { id: wholeAt(id, 0) }),
      ...withAttributes(others(field, ANNOTATION_KEYS, passOver)),
    },
  ];
}

/** Attributes in their own object, and plain values that stand beside it. */
function others(
  field: Field,
  known: ReadonlySet<string>,
  passOver: ReadOptions["passOver"],
): Attributes {
  const beside = Object.fromEntries(
    Object.entries(field.value as object).filter(([name]) => !known.has(name)),
  );
  return {
    ...attributesAt({ value: beside, path: field.path }, passOver),
    ...attributesAt(at(field, "attributes"), passOver),
  };
}

function isTrue(field: Field): boolean {
  if (!isGiven(field)) return false;
  if (field.value !== 0 && field.value !== 1 && typeof field.value !== "boolean") {
    throw wrong(field, "0 or 1");
  }
  return field.value === 1 || field.value === true;
}

/** Ids are whole numbers, and some programs write texts. */
function idAt(field: Field): Id {
  return typeof field.value === "string" ? field.value : wholeAt(field, 0);
}
