import { dirname, join, parse } from "node:path";
import type { FormatName } from "../formats/index.ts";
import { formats } from "../formats/index.ts";

/**
 * Where the mask of a photo goes unless somebody says otherwise: beside it, `cat.jpg` to
 * `cat.mask.png`.
 *
 * @param crowd Other photos of the same folder; one with the same name but for its ending
 *   (`cat.png`) would get the same mask file, so both keep their endings: `cat.jpg.mask.png`.
 */
export function maskPathFor(
  photo: string,
  format: FormatName,
  crowd: readonly string[] = [],
): string {
  const { name, base } = parse(photo);
  const shared = crowd.some(
    (other) => other !== photo && dirname(other) === dirname(photo) && parse(other).name === name,
  );
  return join(dirname(photo), `${shared ? base : name}${formats[format].extension}`);
}
