/** All readers of data sets by name, in the order in which a folder is held against them. */

import { coco, lvis } from "./coco.ts";
import { davis } from "./davis.ts";
import { evaluationIndex } from "./evaluationIndex.ts";
import { picturesAndMasks } from "./picturesAndMasks.ts";
import { berkeley, cocoMval, grabCut } from "./publishedLayouts.ts";
import type { Reader } from "./reader.ts";
import { sbd } from "./sbd.ts";
import { shards } from "./shards.ts";
import { trainingIndex } from "./trainingIndex.ts";
import { voc } from "./voc.ts";

export type ReaderName =
  | "training"
  | "index"
  | "lvis"
  | "coco"
  | "voc"
  | "sbd"
  | "grabcut"
  | "berkeley"
  | "coco_mval"
  | "davis"
  | "tar"
  | "folder";

export const readers: Readonly<Record<ReaderName, Reader>> = {
  training: trainingIndex,
  index: evaluationIndex,
  lvis,
  coco,
  voc,
  sbd,
  grabcut: grabCut,
  berkeley,
  coco_mval: cocoMval,
  davis,
  tar: shards,
  folder: picturesAndMasks,
};

export const readerNames: readonly ReaderName[] = Object.keys(readers) as ReaderName[];
