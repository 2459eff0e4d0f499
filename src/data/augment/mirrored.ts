import type { Annotated } from "../dataSet.ts";

/** Picture and truth as in a mirror: left is right. */
export function mirrored({ picture, truth }: Annotated): Annotated {
  return {
    picture: { ...picture, data: mirroredRows(picture.data, picture.width, 3) },
    truth: { ...truth, data: mirroredRows(truth.data, truth.width, 1) },
  };
}

function mirroredRows(data: ArrayLike<number>, width: number, channels: number): Uint8Array {
  const result = new Uint8Array(data.length);
  const rows = data.length / channels / width;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = (y * width + width - 1 - x) * channels;
      for (let channel = 0; channel < channels; channel++)
        result[to + channel] = data[from + channel];
    }
  }
  return result;
}
