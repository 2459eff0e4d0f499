/** What `--json` prints: a promise to programs, so fields are added and never renamed. */

import type { FormatName } from "../formats/index.ts";
import { boundingBox, maskArea, UNSURE } from "../image/index.ts";
import type { Segmentation } from "../session/index.ts";
import type { Outputs } from "./outputs.ts";
import { version } from "./version.ts";

export interface Summary {
  /** Of maskwise. */
  readonly version: string;
  readonly photo: string;
  readonly width: number;
  readonly height: number;
  readonly model: string;
  /** Where it ran. */
  readonly device: string;
  /** All labels but the background, in the order of their values in the mask. */
  readonly labels: readonly LabelSummary[];
  /** The pixels that were left to nobody, where `--unsure` asked for it. */
  readonly unsure?: {
    /** The threshold. */
    readonly from: number;
    /** Their value in the mask. */
    readonly value: number;
    /** In pixels. */
    readonly area: number;
    /** Of all pixels, 0 to 1. */
    readonly share: number;
  };
  readonly outputs: Readonly<Partial<Record<"mask" | "overlay" | "uncertainty", Written>>>;
  readonly milliseconds: Timings & { readonly total: number };
}

/** Milliseconds that each step took. */
export type Timings = Readonly<Record<"read" | "encode" | "segment" | "write", number>>;

interface LabelSummary {
  readonly name: string;
  /** The label's value in the mask. */
  readonly value: number;
  /** In pixels. */
  readonly area: number;
  /** Of all pixels, 0 to 1. */
  readonly share: number;
  /** Left, top, width, height in pixels; `null` where the label has no pixel. */
  readonly bbox: readonly [number, number, number, number] | null;
}

interface Written {
  /** As it was given; "-" is standard output. */
  readonly path: string;
  readonly format: FormatName;
}

interface SummaryOf {
  readonly photo: string;
  readonly result: Segmentation;
  readonly outputs: Outputs;
  readonly timings: Timings;
  readonly run: { readonly model: string; readonly unsure?: number };
  readonly device: string;
}

export function summary({ photo, result, outputs, timings, run, device }: SummaryOf): Summary {
  const { width, height, labels, mask } = result;
  const { mask: path, format, overlay, uncertainty } = outputs;
  const values = labels.map((name, value): LabelSummary => {
    const area = maskArea(mask, value);
    const box = boundingBox(mask, value);
    const bbox = box ? ([box.left, box.top, box.width, box.height] as const) : null;
    return { name, value, area, share: area / (width * height), bbox };
  });
  return {
    version: version(),
    photo,
    width,
    height,
    model: run.model,
    device,
    labels: values.slice(1),
    ...(run.unsure !== undefined && { unsure: unsureIn(result, run.unsure) }),
    outputs: {
      mask: { path, format },
      ...(overlay !== undefined && { overlay: { path: overlay, format: "png" as const } }),
      ...(uncertainty !== undefined && {
        uncertainty: { path: uncertainty, format: "png" as const },
      }),
    },
    milliseconds: { ...timings, total: Object.values(timings).reduce((a, b) => a + b, 0) },
  };
}

function unsureIn(
  { mask, width, height }: Segmentation,
  from: number,
): NonNullable<Summary["unsure"]> {
  const area = maskArea(mask, UNSURE);
  return { from, value: UNSURE, area, share: area / (width * height) };
}
