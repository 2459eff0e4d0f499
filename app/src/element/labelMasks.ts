import type { Label, Mask, RemoteSegmentation } from "maskwise";

/** The mask of one label. */
export interface LabelMask {
  readonly label: Label;
  /** 1 where the label is, 0 elsewhere, row by row. */
  readonly mask: Mask;
}

/** One mask for every label but the background. */
export function labelMasks({ mask, labels }: RemoteSegmentation): readonly LabelMask[] {
  return labels.slice(1).map((label, at) => ({
    label,
    mask: { ...mask, data: mask.data.map((value) => (value === at + 1 ? 1 : 0)) },
  }));
}
