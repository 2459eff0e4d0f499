/** Where on a map a GeoTIFF is, by its tags. */

import { FormatError } from "../formatError.ts";
import { opened } from "../samples/tiffSamples.ts";
import type { Georeference } from "./annotations.ts";

/** GTRasterTypeGeoKey: positions are centres of pixels, not corners. */
const PIXEL_IS_POINT = 2;
/** Numbers of systems of coordinates that are not registered. */
const USER_DEFINED = 32767;

/**
 * @returns `undefined` where the TIFF has no such tags.
 * @throws {FormatError} Damaged.
 * @see OGC GeoTIFF 1.1, ModelPixelScale, ModelTiepoint and ModelTransformation.
 */
export async function geotiffReference(bytes: Uint8Array): Promise<Georeference | undefined> {
  try {
    const image = await (await opened(bytes)).getImage(0);
    const directory = image.fileDirectory;
    const list = (name: "ModelPixelScale" | "ModelTiepoint" | "ModelTransformation") => {
      const value = directory.hasTag(name) ? directory.getValue(name) : undefined;
      return value === undefined ? undefined : Array.from(value as ArrayLike<number>);
    };
    const transform = transformOf(
      list("ModelTransformation"),
      list("ModelPixelScale"),
      list("ModelTiepoint"),
    );
    if (transform === undefined) return undefined;
    const keys = image.getGeoKeys() ?? {};
    const [a, b, c, d, e, f] = transform;
    const isPoint = keys.GTRasterTypeGeoKey === PIXEL_IS_POINT;
    const code: unknown = keys.ProjectedCSTypeGeoKey ?? keys.GeographicTypeGeoKey;
    return {
      transform: isPoint ? [a - b / 2 - c / 2, b, c, d - e / 2 - f / 2, e, f] : transform,
      ...(typeof code === "number" && code > 0 && code !== USER_DEFINED && { crs: `EPSG:${code}` }),
    };
  } catch (cause) {
    throw new FormatError(
      `geotiffReference: expected a whole TIFF, got a damaged one (${(cause as Error).message}).`,
      { cause },
    );
  }
}

function transformOf(
  matrix: readonly number[] | undefined,
  scale: readonly number[] | undefined,
  tie: readonly number[] | undefined,
): readonly number[] | undefined {
  const transform =
    matrix?.length === 16
      ? [matrix[3], matrix[0], matrix[1], matrix[7], matrix[4], matrix[5]]
      : scale !== undefined && tie !== undefined && tie.length >= 6
        ? [tie[3] - tie[0] * scale[0], scale[0], 0, tie[4] + tie[1] * scale[1], 0, -scale[1]]
        : undefined;
  if (transform === undefined || !transform.every(Number.isFinite)) return undefined;
  const [, b, c, , e, f] = transform;
  return b * f - c * e === 0 ? undefined : transform;
}
