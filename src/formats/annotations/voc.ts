/**
 * PASCAL VOC: an XML file per image with its objects and their boxes; two PNGs with a palette, in
 * which pixels number the objects (SegmentationObject) and their classes (SegmentationClass). Boxes
 * count pixels from 1; 255 is a border that belongs to nobody.
 *
 * @see http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/
 */

import { FormatError } from "../formatError.ts";
import { numberAt, textAt } from "../jsonFields.ts";
import { labelColour } from "../labelColours.ts";
import { encodePng } from "../png.ts";
import type { AnnotationFormat, ReadOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Category, Instance, Region } from "./annotations.ts";
import { beginning } from "./beginning.ts";
import { type CategoryNumbers, categoryNumbers } from "./categoryNumbers.ts";
import { type FileSource, type OutputFile, pathsEnding, textFile } from "./files.ts";
import { bareStem, pathsFor } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { paintRuns } from "./labelMask.ts";
import { labelPixelsOfPng, runsByLabel } from "./labelPixels.ts";
import { boxOf, maskRegion, runsOf } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { sizeOfFields } from "./sizeAt.ts";
import { notesOfTexts, textsOf } from "./textAttributes.ts";
import {
  asNumber,
  childrenOf,
  childText,
  escapedXml,
  type XmlElement,
  xmlDocument,
} from "./xml.ts";

/** The border between objects; numbers of objects are below. */
const VOID = 255;
const PALETTE = Array.from({ length: 256 }, (_, label) => labelColour(label));
/** What VOC says about every object; the rest stands in `attributes`. */
const OWN: readonly string[] = ["pose", "truncated", "difficult", "occluded"];

export const voc: AnnotationFormat = {
  words: "PASCAL VOC",
  holds: { pixels: "masks", overlaps: false, boxes: true, points: false },
  recognises: async (files) => {
    const [first] = pathsEnding(files, ".xml");
    return first !== undefined && /<annotation[\s>]/.test(await beginning(files, first));
  },
  read,
  write,
};

async function* write(set: AnnotationSet): AsyncGenerator<OutputFile> {
  const numbers = categoryNumbers(set.categories, { keep: false });
  const pathOf = pathsFor("");
  for await (const image of set.images) {
    const name = pathOf(image.name);
    const { objects, classes, hasMasks } = labelled(image, numbers);
    const xml = annotation(image, hasMasks);
    yield textFile(`Annotations/${name}.xml`, xml);
    if (!hasMasks) continue;
    yield indexed(`SegmentationObject/${name}.png`, image, objects);
    yield indexed(`SegmentationClass/${name}.png`, image, classes);
  }
  // As CVAT and Datumaro write it: the class of each colour.
  const lines = ["# label:color_rgb:parts:actions", "background:0,0,0::"];
  for (const { id, name } of numbers.all()) {
    lines.push(`${name}:${labelColour(Math.min(id, VOID)).join(",")}::`);
  }
  yield textFile("labelmap.txt", `${lines.join("\n")}\n`);
}

function indexed(path: string, { width, height }: AnnotatedImage, data: Uint8Array): OutputFile {
  return { path, chunks: [encodePng({ width, height, channels: 1, data, palette: PALETTE })] };
}

function labelled(image: AnnotatedImage, numbers: CategoryNumbers) {
  const objects = new Uint8Array(image.width * image.height);
  const classes = new Uint8Array(objects.length);
  let hasMasks = false;
  listed(image).forEach(({ region, category }, i) => {
    const number = numbers.of(category);
    if (region.kind === "box" || i + 1 >= VOID || number >= VOID) return;
    hasMasks = true;
    const runs = runsOf(region, image);
    paintRuns(objects, runs, i + 1);
    paintRuns(classes, runs, number);
  });
  return { objects, classes, hasMasks };
}

/** The objects that VOC can hold: those with a box. */
function listed({ instances }: AnnotatedImage): readonly Instance[] {
  return instances.filter(({ region }) => region.kind !== "points" && boxOf(region) !== undefined);
}

function annotation(image: AnnotatedImage, hasMasks: boolean): string {
  const { name, width, height } = image;
  const lines = [
    "<annotation>",
    `<filename>${escapedXml(name)}</filename>`,
    "<source><database>Masks made with maskwise</database></source>",
    `<size><width>${width}</width><height>${height}</height><depth>3</depth></size>`,
    `<segmented>${hasMasks ? 1 : 0}</segmented>`,
    ...listed(image).map(object),
    "</annotation>",
    "",
  ];
  return lines.join("\n");
}

function object(instance: Instance): string {
  const { left, top, width, height } = boxOf(instance.region) as NonNullable<
    ReturnType<typeof boxOf>
  >;
  const texts = textsOf(instance);
  const own = texts.map(([name, text]) => {
    // Truth values are 0 and 1 there.
    const value = text === "true" ? "1" : text === "false" ? "0" : text;
    return OWN.includes(name) ? `<${name}>${escapedXml(value)}</${name}>` : "";
  });
  const others = texts
    .filter(([name]) => !OWN.includes(name))
    .map(
      ([name, text]) =>
        `<attribute><name>${escapedXml(name)}</name><value>${escapedXml(text)}</value></attribute>`,
    );
  return [
    `<object><name>${escapedXml(instance.category)}</name>${own.join("")}`,
    `<bndbox><xmin>${left + 1}</xmin><ymin>${top + 1}</ymin><xmax>${left + width}</xmax><ymax>${top + height}</ymax></bndbox>`,
    others.length > 0 ? `<attributes>${others.join("")}</attributes>` : "",
    "</object>",
  ].join("");
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const paths = pathsEnding(files, ".xml");
  if (paths.length === 0) throw new FormatError("expected XML files of VOC, got none.");
  const map = files.paths.find((path) => /(?:^|\/)labelmap\.txt$/.test(path));
  const categories = map === undefined ? [] : labelsIn(await files.read(map));
  const objectPaths = new Map(
    pathsEnding(files, ".png")
      .filter((path) => /(?:^|\/)SegmentationObject\//i.test(path))
      .map((path) => [bareStem(path), path]),
  );
  async function* images(): AsyncGenerator<AnnotatedImage> {
    for (const path of paths) {
      try {
        const png = objectPaths.get(bareStem(path));
        yield await imageIn(files, path, png, options);
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  return { categories, images: images() };
}

function labelsIn(bytes: Uint8Array): readonly Category[] {
  return new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ name: line.replace(/:[\d,]*:[^:]*:[^:]*$/, "") }))
    .filter(({ name }) => name !== "background");
}

async function imageIn(
  files: FileSource,
  path: string,
  png: string | undefined,
  { passOver }: ReadOptions,
): Promise<AnnotatedImage> {
  const root = await xmlDocument(path, await files.read(path));
  const size = childrenOf(root, "size")[0] ?? root;
  const { width, height } = sizeOfFields(
    asNumber(childText(size, "width")),
    asNumber(childText(size, "height")),
  );
  const masks = png === undefined ? undefined : labelPixelsOfPng(png, await files.read(png));
  if (masks !== undefined && (masks.width !== width || masks.height !== height)) {
    throw new FormatError(
      `${png}: expected ${width}×${height} pixels, as ${path} says, got ${masks.width}×${masks.height}.`,
    );
  }
  const runs = masks === undefined ? new Map() : runsByLabel(masks);
  if (runs.has(VOID)) passOver?.("borders that belong to nobody (255)");
  return {
    name: imageName(childText(root, "filename")),
    width,
    height,
    instances: childrenOf(root, "object").map((element, i) => {
      const found = i + 1 < VOID ? runs.get(i + 1) : undefined;
      const region: Region = found === undefined ? boxAt(element) : maskRegion(found);
      return { category: textAt(childText(element, "name")), region, ...notesIn(element) };
    }),
  };
}

function boxAt(object: XmlElement): Region {
  const box = childrenOf(object, "bndbox")[0] ?? object;
  const [left, top, right, bottom] = ["xmin", "ymin", "xmax", "ymax"].map((name) =>
    numberAt(asNumber(childText(box, name))),
  );
  return {
    kind: "box",
    left: left - 1,
    top: top - 1,
    width: right - left + 1,
    height: bottom - top + 1,
  };
}

function notesIn(object: XmlElement) {
  const own = OWN.flatMap((name) => {
    const { value, path } = childText(object, name);
    if (value === undefined || value === "" || value === "0" || value === "Unspecified") return [];
    return [[name, { value: value === "1" ? true : value, path }] as const];
  });
  const others = childrenOf(object, "attributes").flatMap((list) =>
    childrenOf(list, "attribute").map(
      (one) => [textAt(childText(one, "name")), childText(one, "value")] as const,
    ),
  );
  return notesOfTexts([...own, ...others]);
}
