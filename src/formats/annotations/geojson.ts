/**
 * GeoJSON: a file per image, a feature per object, with holes and parts. Where the image has a
 * georeference positions are its coordinates; elsewhere they are pixels, y down.
 *
 * @see RFC 7946
 */

import type { Outline, Ring } from "../../image/outlines.ts";
import { FormatError } from "../formatError.ts";
import { at, type Field, listAt, numberAt, parseJson, wrong } from "../jsonFields.ts";
import type { AnnotationFormat, ReadOptions, WriteOptions } from "./annotationFormat.ts";
import type {
  AnnotatedImage,
  AnnotationSet,
  Georeference,
  Instance,
  Region,
} from "./annotations.ts";
import { beginning } from "./beginning.ts";
import { type FileSource, type OutputFile, textFile } from "./files.ts";
import { fromMap, PIXELS, toMap } from "./georeference.ts";
import { imageFinder, type KnownImage, pathsFor } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { furtherNotes, imageNotesAt, imageNotesOf, isGiven, notesAt } from "./notes.ts";
import { boxRing, outlinesOf } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { sizeAt } from "./sizeAt.ts";

export const geojson: AnnotationFormat = {
  words: "GeoJSON",
  holds: { pixels: "polygons", overlaps: true, boxes: true, points: true },
  recognises: async (files) => {
    const [first] = pathsIn(files);
    return first !== undefined && /"FeatureCollection"/.test(await beginning(files, first));
  },
  read,
  write,
};

async function* write(
  set: AnnotationSet,
  { tolerance = 0 }: WriteOptions = {},
): AsyncGenerator<OutputFile> {
  const pathOf = pathsFor(".geojson");
  for await (const image of set.images) {
    const { name, width, height, georeference } = image;
    const features = image.instances.map((instance) => ({
      type: "Feature",
      properties: {
        category: instance.category,
        ...(instance.region.kind === "box" && { shape: "box" }),
        ...furtherNotes(instance),
      },
      geometry: geometryOf(instance.region, georeference ?? PIXELS, tolerance),
    }));
    const document = {
      type: "FeatureCollection",
      ...(georeference?.crs && { crs: { type: "name", properties: { name: georeference.crs } } }),
      image: { name, width, height, ...imageNotesOf(image) },
      features,
    };
    yield textFile(pathOf(name), `${JSON.stringify(document)}\n`);
  }
}

function geometryOf(region: Region, place: Georeference, tolerance: number): object | null {
  if (region.kind === "points") {
    const coordinates = region.points.map((point) => toMap(place, point));
    return coordinates.length === 1
      ? { type: "Point", coordinates: coordinates[0] }
      : { type: "MultiPoint", coordinates };
  }
  const polygons = outlinesOf(region, tolerance).map(({ outer, holes }) =>
    [outer, ...holes].map((ring) => closed(ring, place)),
  );
  if (polygons.length === 0) return null;
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0] }
    : { type: "MultiPolygon", coordinates: polygons };
}

/** Outlines run clockwise on the screen; GeoJSON's the other way, and end where they begin. */
function closed([first, ...others]: Ring, place: Georeference): readonly (readonly number[])[] {
  if (first === undefined) return [];
  return [first, ...others.reverse(), first].map((corner) => toMap(place, corner));
}

function pathsIn({ paths }: FileSource): readonly string[] {
  return paths.filter((path) => /\.(?:geojson|json)$/i.test(path));
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const paths = pathsIn(files);
  if (paths.length === 0) throw new FormatError("expected files of GeoJSON, got none.");
  const find = await imageFinder(files, options);
  async function* images(): AsyncGenerator<AnnotatedImage> {
    for (const path of paths) {
      const bytes = await files.read(path);
      try {
        yield imageIn(parseJson(path, bytes), find(path), options);
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  return { categories: [], images: images() };
}

function imageIn(
  document: Field,
  known: KnownImage | undefined,
  { passOver }: ReadOptions,
): AnnotatedImage {
  const own = at(document, "image");
  if (!isGiven(own) && known === undefined) {
    throw new FormatError(
      "expected an image of this name, whose size GeoJSON does not say, got none. Name the folder with the images.",
    );
  }
  const image = isGiven(own)
    ? { name: imageName(at(own, "name")), ...sizeAt(own), ...imageNotesAt(own, passOver) }
    : (known as KnownImage);
  const place = image.georeference ?? PIXELS;
  return {
    ...image,
    instances: listAt(at(document, "features")).flatMap((feature) =>
      instanceIn(feature, place, passOver),
    ),
  };
}

function instanceIn(
  feature: Field,
  place: Georeference,
  passOver: ReadOptions["passOver"],
): readonly Instance[] {
  const properties = at(feature, "properties");
  const region = regionIn(at(feature, "geometry"), place);
  if (region === undefined) {
    passOver?.("features that are no polygons and no points");
    return [];
  }
  const isBox = isGiven(properties) && at(properties, "shape").value === "box";
  const notes = isGiven(properties)
    ? notesAt(properties, passOver, categoryIn(properties))
    : { category: "object" };
  return [{ ...notes, region: isBox ? boxOfRegion(region) : region }];
}

/** Under the names that other programs use for it, too. */
function categoryIn(properties: Field): string {
  for (const name of ["category", "label", "class", "name"]) {
    const { value } = at(properties, name);
    if (typeof value === "string" && value !== "") return value;
  }
  return "object";
}

function boxOfRegion(region: Region): Region {
  if (region.kind !== "polygons" || region.parts.length !== 1) return region;
  const [{ outer }] = region.parts;
  const [xs, ys] = [outer.map(({ x }) => x), outer.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const box = { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
  return outer.length === boxRing(box).length ? { kind: "box", ...box } : region;
}

function regionIn(geometry: Field, place: Georeference): Region | undefined {
  if (!isGiven(geometry)) return undefined;
  const coordinates = at(geometry, "coordinates");
  switch (at(geometry, "type").value) {
    case "Polygon":
      return { kind: "polygons", parts: [outlineIn(coordinates, place)] };
    case "MultiPolygon":
      return {
        kind: "polygons",
        parts: listAt(coordinates).map((polygon) => outlineIn(polygon, place)),
      };
    case "Point":
      return { kind: "points", points: [positionIn(coordinates, place)] };
    case "MultiPoint":
      return {
        kind: "points",
        points: listAt(coordinates).map((point) => positionIn(point, place)),
      };
    default:
      return undefined;
  }
}

function outlineIn(polygon: Field, place: Georeference): Outline {
  const [outer, ...holes] = listAt(polygon).map((ring) => ringIn(ring, place));
  if (outer === undefined) throw wrong(polygon, "a ring at least");
  return { outer, holes };
}

function ringIn(ring: Field, place: Georeference): Ring {
  const corners = listAt(ring).map((position) => positionIn(position, place));
  const [first, ...others] = corners.slice(0, -1);
  if (first === undefined) return [];
  return [first, ...others.reverse()].map(({ x, y }) => ({ unit: "corner", x, y }));
}

function positionIn(position: Field, place: Georeference) {
  const [x, y] = listAt(position).map(numberAt);
  if (y === undefined) throw wrong(position, "x and y");
  return fromMap(place, x, y);
}
