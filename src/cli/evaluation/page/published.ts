/** What others have published, to be drawn beside our own: on the whole sets, by their own protocols. */

/** Mean IoU in percent after so many clicks, trained on COCO and LVIS. */
export interface PublishedCurve {
  readonly name: string;
  readonly source: string;
  /** By set: after 1, 2, 3, 5 and 10 clicks. */
  readonly miou: Readonly<Record<string, readonly number[]>>;
}

/** The clicks of those curves. */
export const PUBLISHED_CLICKS: readonly number[] = [1, 2, 3, 5, 10];

const PICLICK = "plotted data in the repository of PiClick";

export const publishedCurves: readonly PublishedCurve[] = [
  {
    name: "RITM HRNet18",
    source: PICLICK,
    miou: {
      grabcut: [88.33, 91.92, 95.56, 96.97, 98.24],
      berkeley: [83.37, 90.98, 94.16, 95.55, 96.18],
    },
  },
  {
    name: "CDNet RN34",
    source: PICLICK,
    miou: {
      grabcut: [89.15, 91.33, 94.52, 97.12, 97.86],
      berkeley: [85.17, 87.74, 92.26, 94.92, 96.32],
    },
  },
  {
    name: "FocalClick B0-S2",
    source: PICLICK,
    miou: {
      grabcut: [83.92, 90.89, 93.46, 97.07, 98.86],
      berkeley: [79.18, 89.31, 92.53, 95.42, 96.53],
    },
  },
  {
    name: "SimpleClick ViT-B",
    source: PICLICK,
    miou: {
      grabcut: [88.99, 94.31, 95.8, 97.94, 98.95],
      berkeley: [84.29, 92.44, 94.94, 96.35, 96.68],
    },
  },
  {
    name: "PiClick ViT-B",
    source: PICLICK,
    miou: {
      grabcut: [91.81, 95.4, 97.59, 98.12, 98.81],
      berkeley: [90.5, 94.39, 95.42, 95.95, 96.17],
    },
  },
];

/** NoC@90, at most 20 clicks. */
export interface PublishedClicks {
  readonly name: string;
  readonly training: string;
  readonly source: string;
  readonly noc90: Readonly<Record<string, number>>;
}

export const publishedClicks: readonly PublishedClicks[] = [
  {
    name: "M2N2",
    training: "none (Stable Diffusion's attention)",
    source: "CVPR 2025",
    noc90: { grabcut: 1.9, berkeley: 3.88, davis: 6.72, sbd_val: 10.94 },
  },
  {
    name: "f-BRS-B RN34",
    training: "SBD",
    source: "readme of SamsungLabs/fbrs_interactive_segmentation",
    noc90: { grabcut: 2.48, berkeley: 4.17, davis: 7.73, sbd_val: 7.28 },
  },
  {
    name: "RITM HRNet18 IT-M",
    training: "SBD",
    source: "readme of SamsungLabs/ritm_interactive_segmentation",
    noc90: { grabcut: 2.04, berkeley: 3.22, davis: 6.71, coco_mval: 4.39, sbd_val: 5.43 },
  },
  {
    name: "RITM HRNet18s IT-M",
    training: "COCO + LVIS",
    source: "readme of SamsungLabs/ritm_interactive_segmentation",
    noc90: { grabcut: 1.68, berkeley: 2.6, davis: 5.98, coco_mval: 3.33, sbd_val: 6.48 },
  },
  {
    name: "FocalClick SegF-B0-S2",
    training: "COCO + LVIS",
    source: "readme of ClickSEG",
    noc90: { grabcut: 1.66, berkeley: 2.27, davis: 5.49, coco_mval: 3.59, sbd_val: 6.86 },
  },
  {
    name: "MobileNetV2, 384 px",
    training: "COCO + LVIS",
    source: "readme of ClickSEG",
    noc90: { grabcut: 2.02, berkeley: 2.69, davis: 5.81, coco_mval: 3.73, sbd_val: 6.75 },
  },
  {
    name: "SimpleClick ViT-B",
    training: "COCO + LVIS",
    source: "table 1 of FocSAM (CVPR 2024)",
    noc90: { grabcut: 1.48, berkeley: 1.97, davis: 5.06, sbd_val: 5.62 },
  },
];
