/**
 * COCO JSON of any size, as it streams: of each annotation only its runs or corners are held until
 * all images are known.
 */

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

interface Found {
  readonly images: Map<number | string, AnnotatedImage & { readonly instances: Instance[] }>;
  readonly categories: Map<number | string, Category>;
  /** Annotations until images and categories are known: they may come first. */
  readonly waiting: Field[];
}

export async function readCocoSet(
  files: FileSource,
  path: string,
  { passOver }: ReadOptions,
): Promise<AnnotationSet> {
  const found: Found = { images: new Map(), categories: new Map(), waiting: [] };
  const lists = ["images", "categories", "annotations"] as const;
  try {
    for await (const { list, field } of jsonElements(path, files.stream(path), lists)) {
      if (list === "images") addImage(found, field, passOver);
      else if (list === "categories") addCategory(found, field, passOver);
      else if (!isKnown(found, field)) found.waiting.push(field);
      else addInstance(found, field, passOver);
    }
    if (found.images.size === 0) {
      throw new FormatError("images: expected a list of images, got none.");
    }
    for (const field of found.waiting) addInstance(found, field, passOver);
  } catch (cause) {
    throw told(path, cause);
  }
  return inFile(path, () => ({
    categories: [...found.categories.values()],
    images: [...found.images.values()],
  }));
}

function isKnown({ images, categories }: Found, annotation: Field): boolean {
  return (
    images.has(idAt(at(annotation, "image_id"))) &&
    categories.has(idAt(at(annotation, "category_id")))
  );
}

function addImage({ images }: Found, field: Field, passOver: ReadOptions["passOver"]): void {
  const id = idAt(at(field, "id"));
  if (images.has(id)) throw wrong(at(field, "id"), "an id of its own");
  images.set(id, {
    name: imageName(fileAt(field)),
    ...cocoSize(field),
    ...(typeof id === "number" && { id }),
    ...withAttributes(others(field, IMAGE_KEYS, passOver)),
    instances: [],
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

function addInstance(found: Found, field: Field, passOver: ReadOptions["passOver"]): void {
  const image = found.images.get(idAt(at(field, "image_id")));
  if (image === undefined) throw wrong(at(field, "image_id"), "the id of an image");
  const category = found.categories.get(idAt(at(field, "category_id")));
  if (category === undefined) throw wrong(at(field, "category_id"), "the id of a category");
  const region = cocoRegion(field, image);
  if (region === undefined) {
    passOver?.("annotations without segmentation and bbox");
    return;
  }
  const [id, score, group] = [at(field, "id"), at(field, "score"), at(field, "group")];
  image.instances.push({
    category: category.name,
    region,
    ...(isTrue(at(field, "iscrowd")) && { isCrowd: true }),
    ...(isGiven(score) && { score: numberAt(score) }),
    ...(isGiven(group) && wholeAt(group, 0) !== 0 && { group: wholeAt(group, 0) }),
    ...(Number.isSafeInteger(id.value) && { id: wholeAt(id, 0) }),
    ...withAttributes(others(field, ANNOTATION_KEYS, passOver)),
  });
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

function isGiven({ value }: Field): boolean {
  return value !== undefined && value !== null;
}

function isTrue(field: Field): boolean {
  if (!isGiven(field)) return false;
  if (field.value !== 0 && field.value !== 1 && typeof field.value !== "boolean") {
    throw wrong(field, "0 or 1");
  }
  return field.value === 1 || field.value === true;
}

/** Ids are whole numbers, and some programs write texts. */
function idAt(field: Field): number | string {
  return typeof field.value === "string" ? field.value : wholeAt(field, 0);
}
