/** What a person said in Label Studio: smart keypoints and rectangles, in hundredths of the image. */

import { z } from "@hono/zod-openapi";
import { BACKGROUND, type Prompt } from "../../clicks/index.ts";
import { pixel, type Size } from "../../image/index.ts";
import { Refusal } from "../refusal.ts";

const percent = z.number().min(-100).max(200);

interface Spoken {
  readonly type: "keypointlabels" | "rectanglelabels";
  readonly to_name?: string | undefined;
  /** Absent where nobody said that it is not of the object. */
  readonly is_positive?: boolean | number | undefined;
  readonly value: {
    readonly x: number;
    readonly y: number;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
    readonly rotation?: number | undefined;
    readonly keypointlabels?: readonly string[] | undefined;
    readonly rectanglelabels?: readonly string[] | undefined;
  };
}

const spoken: z.ZodType<Spoken> = z.looseObject({
  type: z.enum(["keypointlabels", "rectanglelabels"]),
  to_name: z.string().optional(),
  is_positive: z.union([z.boolean(), z.number()]).optional(),
  value: z.looseObject({
    x: percent,
    y: percent,
    width: percent.optional(),
    height: percent.optional(),
    rotation: z.number().optional(),
    keypointlabels: z.array(z.string()).optional(),
    rectanglelabels: z.array(z.string()).optional(),
  }),
});

/** One thing of a context; kinds that say nothing to a segmenter are let be. */
export const contextResult: z.ZodType<ContextResult> = z
  .union([spoken, z.looseObject({ type: z.string() })])
  .openapi("LabelStudioResult");

export type ContextResult = Spoken | { readonly type: string; readonly [more: string]: unknown };

export interface SaidInLabelStudio {
  /** The label that was chosen last. */
  readonly label: string;
  /** In pixels of an image of that size. */
  prompts(size: Size): readonly Prompt[];
}

/**
 * @param image The name of the image's tag; what is said of others is let be.
 * @returns `undefined` where nothing is said that a mask could follow from.
 */
export function questionOf(
  results: readonly ContextResult[],
  image: string,
): SaidInLabelStudio | undefined {
  const said = results
    .filter((result): result is Spoken => spoken.safeParse(result).success)
    .filter(({ to_name: of = image }) => of === image);
  const label = said.map(labelOf).findLast((name) => name !== undefined);
  if (said.length === 0) return undefined;
  if (label === undefined || label === BACKGROUND) {
    throw new Refusal(
      400,
      `context: expected a label that is not "${BACKGROUND}", got ${label === undefined ? "none" : "it"}.`,
      "params.context.result",
    );
  }
  return { label, prompts: (size) => said.map((one) => promptOf(one, label, size)) };
}

function labelOf({ value }: Spoken): string | undefined {
  return (value.keypointlabels ?? value.rectanglelabels)?.[0];
}

function promptOf({ type, value, is_positive: isPositive }: Spoken, label: string, size: Size) {
  const at = (x: number, y: number) =>
    pixel(within((x * size.width) / 100, size.width), within((y * size.height) / 100, size.height));
  const { x, y, width = 0, height = 0 } = value;
  return type === "keypointlabels"
    ? ({
        kind: "click",
        at: at(x, y),
        says: isPositive === undefined || isPositive ? label : BACKGROUND,
      } as const)
    : ({ kind: "box", from: at(x, y), to: at(x + width, y + height), says: label } as const);
}

/** The pixel that a position lies in, or the nearest. */
function within(position: number, side: number): number {
  return Math.min(side - 1, Math.max(0, Math.floor(position)));
}
