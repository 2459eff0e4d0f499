import type { Node } from "../../graph/node.ts";
import { mean } from "../../graph/operations/mean.ts";
import { sum } from "../../graph/operations/sum.ts";

/** The axis that counts images; everything along the others belongs to one image. */
const BATCH = "batch";

/** The axes of one image: all but `batch`. */
export function axesWithin({ axes }: Node): readonly string[] {
  return axes.map(({ name }) => name).filter((name) => name !== BATCH);
}

/** Σ over each image, `[batch?]`. */
export function sumPerImage(x: Node): Node {
  return sum(x, ...axesWithin(x));
}

/** The mean over images of one number each, without axes. */
export function meanOverImages(perImage: Node): Node {
  return mean(perImage, ...perImage.axes.map(({ name }) => name));
}
