/** Pictures that need more than a decoder of photos: DICOM, and TIFF of more than 8 bits or 4 bands. */

import {
  dicomSamples,
  FormatError,
  isDicom,
  isTiff,
  type PageOptions,
  pictureOfSamples,
  type SampleWindow,
  tiffKind,
  tiffSamples,
} from "../formats/index.ts";
import type { Picture } from "../image/index.ts";

export interface InstrumentOptions extends PageOptions {
  readonly window?: SampleWindow | undefined;
}

/**
 * The picture of an instrument's file, or the JPEG that is in it; `undefined` for all other files.
 *
 * @param called What to call the file in messages.
 * @throws {FormatError} Damaged, without such a page, or too large.
 */
export async function instrumentPicture(
  bytes: Uint8Array,
  called: string,
  { window, ...options }: InstrumentOptions,
): Promise<Picture | { readonly jpeg: Uint8Array } | undefined> {
  try {
    if (isDicom(bytes)) {
      const samples = dicomSamples(bytes, options);
      return "jpeg" in samples ? samples : pictureOfSamples(samples, window);
    }
    if (!isTiff(bytes) || !(window !== undefined || (await needsWindow(bytes)))) return undefined;
    return pictureOfSamples(await tiffSamples(bytes, options), window);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new FormatError(`readPicture: ${called}: ${cause.message}`, { cause });
  }
}

/** The most channels that a photo has: red, green, blue and alpha, or four inks. */
const PHOTO_CHANNELS = 4;

/** Whether a TIFF is no photo; one that is damaged is left to who decodes photos. */
async function needsWindow(bytes: Uint8Array): Promise<boolean> {
  const kind = await tiffKind(bytes);
  if (kind === undefined) return false;
  const { channels, bits, isUnsigned } = kind;
  const isPhoto = isUnsigned && (bits <= 8 || (bits === 16 && channels >= 3));
  return channels > PHOTO_CHANNELS || !isPhoto;
}
