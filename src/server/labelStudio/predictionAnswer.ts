/**
 * The answer of a Label Studio backend: the object's mask as a brush, or as a polygon where the project
 * has no brush, under the label that was chosen.
 *
 * @see https://github.com/HumanSignal/label-studio-ml-backend, examples/segment_anything_model
 */

import { imageOfMask, oneRing, packedMask } from "../../formats/index.ts";
import type { Mask } from "../../image/index.ts";
import type { Segmentation } from "../../session/index.ts";

export interface PredictionWant {
  readonly kind: "prediction";
  readonly modelVersion: string;
  /** The tag of the project that holds the result, and how it holds it. */
  readonly tag: { readonly name: string; readonly type: "brushlabels" | "polygonlabels" };
  /** The name of the image's tag. */
  readonly image: string;
  /** The same for the same question, so that results can be told apart. */
  readonly id: string;
  /** How many tasks were asked about: the others get no result. */
  readonly tasks: number;
}

/** How far, in pixels, corners that are left out of a polygon may lie from it. */
const TOLERANCE = 1;

export function predictionAnswer(
  { mask, labels, probability }: Segmentation,
  { modelVersion, tag, image, id, tasks }: PredictionWant,
): { readonly bytes: Uint8Array; readonly mediaType: string } {
  const { width, height } = mask;
  const [, label] = labels;
  const score = meanIn(mask, probability(label).data);
  const value = tag.type === "brushlabels" ? brush(mask) : polygon(mask, labels);
  const result = value && {
    id,
    from_name: tag.name,
    to_name: image,
    type: tag.type,
    original_width: width,
    original_height: height,
    image_rotation: 0,
    value: { ...value, [tag.type]: [label] },
    score,
    readonly: false,
    origin: "prediction",
  };
  const results = Array.from({ length: tasks }, (_, i) =>
    i === 0 && result
      ? { result: [result], score, model_version: modelVersion }
      : { result: [], score: 0, model_version: modelVersion },
  );
  const text = JSON.stringify({ results, model_version: modelVersion });
  return { bytes: new TextEncoder().encode(text), mediaType: "application/json" };
}

/** Nothing found is no result. */
function brush(mask: Mask): object | undefined {
  return mask.data.includes(1) ? { format: "rle", rle: packedMask(mask) } : undefined;
}

function polygon(mask: Mask, labels: readonly string[]): object | undefined {
  const { width, height } = mask;
  const [instance] = imageOfMask(mask, { labels, picture: "image" }).instances;
  const ring = instance && oneRing(instance.region, TOLERANCE);
  return (
    ring && {
      points: ring.map(({ x, y }) => [(100 * x) / width, (100 * y) / height]),
      closed: true,
    }
  );
}

/** How probable the object is where it is found. */
function meanIn({ data }: Mask, probabilities: Float32Array): number {
  let [sum, count] = [0, 0];
  data.forEach((label, i) => {
    if (label !== 1) return;
    sum += probabilities[i];
    count++;
  });
  return count === 0 ? 0 : sum / count;
}
