import sharp from "sharp";
import { readPicture } from "../node/index.ts";

/** A picture that browsers do not show, such as a TIFF or a DICOM file, as one that they do. */
export async function shownAsPng(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data } = await readPicture(path);
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    // It only goes to a browser of the same machine: soon is better than small.
    .png({ compressionLevel: 1 })
    .toBuffer();
  return new Uint8Array(png);
}
