/**
 * SVG: a drawing per image, a path per object along the edges of its pixels, holes left open. Drawings
 * of other programs are read where they consist of straight lines.
 */

import type { Ring } from "../../image/outlines.ts";
import { FormatError } from "../formatError.ts";
import { type Field, numberAt, parseJson, wrong } from "../jsonFields.ts";
import { drawingColour } from "../labelColours.ts";
import type { AnnotationFormat, ReadOptions, WriteOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance, Region } from "./annotations.ts";
import { categoryNumbers } from "./categoryNumbers.ts";
import { type FileSource, type OutputFile, pathsEnding, textFile } from "./files.ts";
import { imageFinder, type KnownImage, pathsFor } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { furtherNotes, imageNotesAt, imageNotesOf, notesAt } from "./notes.ts";
import { outlinesOfRings } from "./outlinesOfRings.ts";
import { outlinesOf } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { sizeOfFields } from "./sizeAt.ts";
import { ringsOfPath } from "./svgPath.ts";
import {
  asNumber,
  attribute,
  childText,
  escapedXml,
  tagAttributes,
  type XmlElement,
  xmlDocument,
} from "./xml.ts";

export const svg: AnnotationFormat = {
  words: "SVG drawings",
  holds: { pixels: "polygons", overlaps: true, boxes: true, points: false },
  recognises: async (files) => pathsEnding(files, ".svg").length > 0,
  read,
  write,
};

async function* write(
  set: AnnotationSet,
  { tolerance = 0 }: WriteOptions = {},
): AsyncGenerator<OutputFile> {
  const numbers = categoryNumbers(set.categories, { keep: false });
  const pathOf = pathsFor(".svg");
  for await (const image of set.images) {
    const { name, width, height } = image;
    const root = tagAttributes({
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      ...noted("data-image", imageNotesOf(image)),
    });
    const shapes = image.instances.map((instance) =>
      shapeOf(instance, tolerance, hex(numbers.of(instance.category))),
    );
    yield textFile(
      pathOf(name),
      `<svg${root}>\n<title>${escapedXml(name)}</title>\n${shapes.join("")}</svg>\n`,
    );
  }
}

function noted(name: string, notes: object): Readonly<Record<string, string>> {
  return Object.keys(notes).length > 0 ? { [name]: JSON.stringify(notes) } : {};
}

function hex(label: number): string {
  return `#${drawingColour(label)
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}

function shapeOf(instance: Instance, tolerance: number, fill: string): string {
  const { region, category } = instance;
  const about = {
    fill,
    "data-category": category,
    ...noted("data-notes", furtherNotes(instance)),
  };
  const title = `<title>${escapedXml(category)}</title>`;
  if (region.kind === "box") {
    const { left: x, top: y, width, height } = region;
    const place = { x, y, width, height, "fill-opacity": 0, stroke: fill };
    return `<rect${tagAttributes({ ...place, ...about })}>${title}</rect>\n`;
  }
  if (region.kind === "points") return "";
  const d = outlinesOf(region, tolerance)
    .flatMap(({ outer, holes }) => [outer, ...holes])
    .map((ring) => `M${ring.map(({ x, y }) => `${short(x)} ${short(y)}`).join("L")}Z`)
    .join("");
  return `<path${tagAttributes({ ...about, "fill-rule": "evenodd", d })}>${title}</path>\n`;
}

function short(value: number): number {
  return Number(value.toFixed(4));
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const paths = pathsEnding(files, ".svg");
  if (paths.length === 0) throw new FormatError("expected SVG files, got none.");
  const find = await imageFinder(files, options);
  async function* images(): AsyncGenerator<AnnotatedImage> {
    for (const path of paths) {
      const bytes = await files.read(path);
      try {
        yield imageIn(await xmlDocument(path, bytes), path, find(path), options);
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  return { categories: [], images: images() };
}

function imageIn(
  root: XmlElement,
  path: string,
  known: KnownImage | undefined,
  { passOver }: ReadOptions,
): AnnotatedImage {
  if (root.name !== "svg") throw new FormatError(`expected an SVG drawing, got <${root.name}>.`);
  const title = childText(root, "title");
  const isNamed = typeof title.value === "string" && title.value !== "";
  const notes = attribute(root, "data-image");
  return {
    name: isNamed ? imageName(title) : (known?.name ?? path),
    ...sizeOf(root),
    ...(notes.value === undefined ? {} : imageNotesAt(jsonIn(notes), passOver)),
    instances: shapesIn(root, passOver),
  };
}

/** The pixels of the drawing: those of its view box, which its coordinates are in. */
function sizeOf(root: XmlElement) {
  const viewBox = attribute(root, "viewBox");
  if (viewBox.value === undefined) {
    return sizeOfFields(asPixels(attribute(root, "width")), asPixels(attribute(root, "height")));
  }
  const [left, top, width, height] = String(viewBox.value)
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (left !== 0 || top !== 0) throw wrong(viewBox, "a view box that begins at 0 0");
  return sizeOfFields({ ...viewBox, value: width }, { ...viewBox, value: height });
}

function asPixels(field: Field): Field {
  const { value, path } = field;
  return asNumber({ value: typeof value === "string" ? value.replace(/px$/, "") : value, path });
}

function shapesIn(element: XmlElement, passOver: ReadOptions["passOver"]): readonly Instance[] {
  return element.children.flatMap((child): readonly Instance[] => {
    const transform = attribute(child, "transform");
    if (transform.value !== undefined) {
      throw wrong(transform, "shapes in pixels, without a transform; apply it first");
    }
    if (child.name === "g") return shapesIn(child, passOver);
    const region = regionOf(child);
    if (region !== undefined) return [{ ...notesOf(child, passOver), region }];
    if (!IGNORED.has(child.name)) passOver?.(`shapes of the kind "${child.name}"`);
    return [];
  });
}

/** What draws nothing. */
const IGNORED: ReadonlySet<string> = new Set(["title", "desc", "defs", "metadata", "style"]);

function notesOf(shape: XmlElement, passOver: ReadOptions["passOver"]): Omit<Instance, "region"> {
  const notes = attribute(shape, "data-notes");
  const names = [
    attribute(shape, "data-category"),
    childText(shape, "title"),
    attribute(shape, "class"),
    attribute(shape, "id"),
  ];
  const said = names.find(({ value }) => typeof value === "string" && value !== "");
  const category = said === undefined ? "object" : String(said.value);
  const empty = { value: {}, path: notes.path };
  return notesAt(notes.value === undefined ? empty : jsonIn(notes), passOver, category);
}

function jsonIn({ value, path }: Field): Field {
  const { value: parsed } = parseJson(path, new TextEncoder().encode(String(value)));
  return { value: parsed, path };
}

function regionOf(shape: XmlElement): Region | undefined {
  const number = (name: string) => numberAt(asNumber(attribute(shape, name)));
  switch (shape.name) {
    case "path":
      return { kind: "polygons", parts: outlinesOfRings(ringsOfPath(attribute(shape, "d"))) };
    case "polygon":
      return { kind: "polygons", parts: outlinesOfRings([pointsOf(attribute(shape, "points"))]) };
    case "rect":
      return {
        kind: "box",
        left: number("x"),
        top: number("y"),
        width: number("width"),
        height: number("height"),
      };
    default:
      return undefined;
  }
}

function pointsOf(field: Field): Ring {
  const numbers = String(field.value ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (numbers.length % 2 === 1 || !numbers.every(Number.isFinite)) throw wrong(field, "x,y x,y …");
  return Array.from({ length: numbers.length / 2 }, (_, i) => ({
    unit: "corner",
    x: numbers[2 * i],
    y: numbers[2 * i + 1],
  }));
}
