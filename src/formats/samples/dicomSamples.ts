/**
 * Pictures of DICOM files, by dicom-parser: the numbers of the instrument, in its unit, with the
 * window that the file says.
 *
 * @see DICOM PS3.3, C.7.6.3 (image pixels), C.11.1 (modality), C.11.2 (windows)
 */

import dicomParser, { type DataSet } from "dicom-parser";
import { inflateSync } from "fflate";
import { FormatError } from "../formatError.ts";
import { rleFrame } from "./dicomRle.ts";
import type { Samples, SampleWindow } from "./samples.ts";
import type { PageOptions } from "./tiffSamples.ts";

/** A frame whose pixels are compressed as JPEG, which the platform decodes. */
export interface DicomJpeg {
  readonly jpeg: Uint8Array;
}

const TAGS = {
  transferSyntax: "x00020010",
  channels: "x00280002",
  photometric: "x00280004",
  planar: "x00280006",
  frames: "x00280008",
  rows: "x00280010",
  columns: "x00280011",
  allocated: "x00280100",
  stored: "x00280101",
  isSigned: "x00280103",
  centre: "x00281050",
  width: "x00281051",
  intercept: "x00281052",
  slope: "x00281053",
  pixels: "x7fe00010",
} as const;

/** How pixels are stored, by transfer syntax; what is missing here needs a decoder of its own. */
const BIG_ENDIAN = "1.2.840.10008.1.2.2";
const PLAIN: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2",
  "1.2.840.10008.1.2.1",
  "1.2.840.10008.1.2.1.99",
  BIG_ENDIAN,
]);
const JPEG_BASELINE = "1.2.840.10008.1.2.4.50";
const RUN_LENGTHS = "1.2.840.10008.1.2.5";
const MAX_PIXELS = 200e6;
/** A preamble of 128 bytes comes first. */
const MAGIC_AT = 128;

export function isDicom(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(MAGIC_AT, MAGIC_AT + 4)) === "DICM";
}

/**
 * One frame of a DICOM file.
 *
 * @throws {FormatError} Damaged, without a picture, without such a frame, or compressed in a way
 *   that is not read.
 */
export function dicomSamples(bytes: Uint8Array, options: PageOptions = {}): Samples | DicomJpeg {
  try {
    return frameOf(dicomParser.parseDicom(bytes, { inflater }), options);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    // The parser throws texts, too.
    const reason =
      cause instanceof Error
        ? cause.message
        : String((cause as { exception?: string }).exception ?? cause);
    throw new FormatError(
      `dicomSamples: expected a whole DICOM file, got a damaged one (${reason.slice(0, 120)}). Copy it again from where it came.`,
      { cause },
    );
  }
}

/** Of a deflated file everything after its first part. */
function inflater(bytes: Uint8Array, position: number): Uint8Array {
  const rest = inflateSync(bytes.subarray(position));
  const whole = new Uint8Array(position + rest.length);
  whole.set(bytes.subarray(0, position));
  whole.set(rest, position);
  return whole;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytesPerSample: number;
  readonly stored: number;
  readonly isSigned: boolean;
  readonly isPlanar: boolean;
  readonly isLittle: boolean;
}

function frameOf(
  data: DataSet,
  { page = 1, maxPixels = MAX_PIXELS }: PageOptions,
): Samples | DicomJpeg {
  const syntax = data.string(TAGS.transferSyntax) ?? "1.2.840.10008.1.2";
  const layout = layoutOf(data, syntax, maxPixels);
  const frames = Math.max(1, data.intString(TAGS.frames) ?? 1);
  if (!(Number.isInteger(page) && page >= 1 && page <= frames)) {
    throw new FormatError(`dicomSamples: expected a frame from 1 to ${frames}, got ${page}.`);
  }
  const element = data.elements[TAGS.pixels];
  if (element === undefined) {
    throw new FormatError("dicomSamples: expected a picture in the DICOM file, got none.");
  }
  const length = layout.width * layout.height * layout.channels * layout.bytesPerSample;
  if (PLAIN.has(syntax)) {
    const from = element.dataOffset + (page - 1) * length;
    return samplesOf(data, layout, data.byteArray.subarray(from, from + length));
  }
  if (syntax !== JPEG_BASELINE && syntax !== RUN_LENGTHS) {
    throw new FormatError(
      `dicomSamples: expected pixels that are plain, run lengths or baseline JPEG, got the transfer syntax ${syntax}. Decompress the file first, such as by gdcmconv --raw.`,
    );
  }
  const packed = encapsulated(data, page, frames);
  if (syntax === JPEG_BASELINE) return { jpeg: packed };
  const planar = rleFrame(
    packed,
    layout.width * layout.height,
    layout.channels * layout.bytesPerSample,
  );
  // Planes of single bytes, the high ones first.
  return samplesOf(
    data,
    { ...layout, isPlanar: true, isLittle: true },
    joinedBytes(planar, layout),
  );
}

function layoutOf(data: DataSet, syntax: string, maxPixels: number): Layout {
  const number = (tag: string, otherwise?: number): number => {
    const value = data.uint16(tag) ?? otherwise;
    if (value !== undefined) return value;
    throw new FormatError(`dicomSamples: expected a picture with the element ${tag}, got none.`);
  };
  const [width, height] = [number(TAGS.columns), number(TAGS.rows)];
  if (width < 1 || height < 1 || width * height > maxPixels) {
    throw new FormatError(
      `dicomSamples: expected a picture of 1 to ${maxPixels / 1e6} million pixels, got ${width}×${height}.`,
    );
  }
  const allocated = number(TAGS.allocated);
  const channels = number(TAGS.channels, 1);
  if (![8, 16, 32].includes(allocated) || ![1, 3].includes(channels)) {
    throw new FormatError(
      `dicomSamples: expected 1 or 3 channels of 8, 16 or 32 bits, got ${channels} of ${allocated}.`,
    );
  }
  return {
    width,
    height,
    channels,
    bytesPerSample: allocated / 8,
    stored: number(TAGS.stored, allocated),
    isSigned: number(TAGS.isSigned, 0) === 1,
    isPlanar: number(TAGS.planar, 0) === 1,
    isLittle: syntax !== BIG_ENDIAN,
  };
}

/** The bytes of a compressed frame. */
function encapsulated(data: DataSet, page: number, frames: number): Uint8Array {
  const element = data.elements[TAGS.pixels];
  const { fragments = [], basicOffsetTable = [] } = element;
  const bytes =
    basicOffsetTable.length === 0 && fragments.length === frames
      ? dicomParser.readEncapsulatedPixelDataFromFragments(data, element, page - 1)
      : basicOffsetTable.length > 0
        ? dicomParser.readEncapsulatedImageFrame(data, element, page - 1)
        : dicomParser.readEncapsulatedPixelDataFromFragments(data, element, 0, fragments.length);
  return Uint8Array.from(bytes);
}

/** Samples of some bytes out of their planes of bytes, low bytes first. */
function joinedBytes(planes: readonly Uint8Array[], { bytesPerSample }: Layout): Uint8Array {
  const pixels = planes[0].length;
  const bytes = new Uint8Array(planes.length * pixels);
  planes.forEach((plane, i) => {
    const channel = Math.floor(i / bytesPerSample);
    const byte = bytesPerSample - 1 - (i % bytesPerSample);
    for (let p = 0; p < pixels; p++)
      bytes[(channel * pixels + p) * bytesPerSample + byte] = plane[p];
  });
  return bytes;
}

function samplesOf(data: DataSet, layout: Layout, bytes: Uint8Array): Samples {
  const { width, height, channels, bytesPerSample, isPlanar } = layout;
  const pixels = width * height;
  if (bytes.length < pixels * channels * bytesPerSample) {
    throw new FormatError(
      `dicomSamples: expected ${width}×${height} pixels, got ${bytes.length} bytes. Copy the file again.`,
    );
  }
  const photometric = (data.string(TAGS.photometric) ?? "MONOCHROME2").trim();
  const isGrey = photometric.startsWith("MONOCHROME");
  if (
    isGrey !== (channels === 1) ||
    !(isGrey || photometric === "RGB" || photometric === "YBR_FULL")
  ) {
    throw new FormatError(
      `dicomSamples: expected grey values, RGB or YBR_FULL, got ${channels} channels of ${photometric}. Convert the file first.`,
    );
  }
  const slope = isGrey ? (decimal(data, TAGS.slope) ?? 1) : 1;
  const intercept = isGrey ? (decimal(data, TAGS.intercept) ?? 0) : 0;
  const read = reader(layout, bytes);
  const planes = Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(pixels);
    for (let p = 0; p < pixels; p++) {
      const at = isPlanar ? channel * pixels + p : p * channels + channel;
      plane[p] = read(at * bytesPerSample) * slope + intercept;
    }
    return plane;
  });
  const window = isGrey ? windowOf(data) : { black: 0, white: 2 ** layout.stored - 1 };
  return {
    width,
    height,
    planes: photometric === "YBR_FULL" ? rgbOfYbr(planes) : planes,
    ...(window && { window }),
    ...(photometric === "MONOCHROME1" && { isInverted: true }),
  };
}

/** Numbers of the stored bits only: what is above them may be anything. */
function reader({ bytesPerSample, stored, isSigned, isLittle }: Layout, bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const range = 2 ** Math.min(stored, 8 * bytesPerSample);
  return (at: number): number => {
    const raw =
      bytesPerSample === 1
        ? view.getUint8(at)
        : bytesPerSample === 2
          ? view.getUint16(at, isLittle)
          : view.getUint32(at, isLittle);
    const value = raw % range;
    return isSigned && value >= range / 2 ? value - range : value;
  };
}

/** The first number of an element of text; what is none is as good as nothing. */
function decimal(data: DataSet, tag: string): number | undefined {
  const value = data.floatString(tag);
  return Number.isFinite(value) ? value : undefined;
}

/** The first window of the file: centre and width say which numbers are black and white. */
function windowOf(data: DataSet): SampleWindow | undefined {
  const [centre, width] = [decimal(data, TAGS.centre), decimal(data, TAGS.width)];
  if (centre === undefined || width === undefined || !(width > 1)) return undefined;
  // C.11.2.1.2.1, linear: black at c − ½ − (w − 1)/2, white at c − ½ + (w − 1)/2.
  return { black: centre - 0.5 - (width - 1) / 2, white: centre - 0.5 + (width - 1) / 2 };
}

/** C.7.6.3.1.2: luminance and two colour differences around 128. */
function rgbOfYbr([y, b, r]: readonly Float32Array[]): readonly Float32Array[] {
  return [
    y.map((value, i) => value + 1.402 * (r[i] - 128)),
    y.map((value, i) => value - 0.344136 * (b[i] - 128) - 0.714136 * (r[i] - 128)),
    y.map((value, i) => value + 1.772 * (b[i] - 128)),
  ];
}
