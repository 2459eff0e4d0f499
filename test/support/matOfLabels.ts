/** A MATLAB file of level 5 as SBD has it: the structure `GTinst` with one number per pixel. */

import { zlibSync } from "fflate";
import type { Mask } from "../../src/image/index.ts";

const INT8 = 1;
const UINT8 = 2;
const INT32 = 5;
const UINT32 = 6;
const MATRIX = 14;
const COMPRESSED = 15;
const STRUCTURE_CLASS = 2;
const UINT8_CLASS = 9;

/** @param labels Written column by column, as MATLAB has them. */
export function matOfLabels({ width, height, data }: Mask): Uint8Array {
  const columns = Uint8Array.from(
    { length: data.length },
    (_, at) => data[(at % height) * width + Math.floor(at / height)],
  );
  const names = new Uint8Array(32);
  names.set(text("Segmentation"));
  const structure = matrix(STRUCTURE_CLASS, [1, 1], "GTinst", [
    element(INT32, words(32)),
    element(INT8, names),
    matrix(UINT8_CLASS, [height, width], "", [element(UINT8, columns)]),
  ]);
  const header = new Uint8Array(128).fill(0x20);
  header.set(text("MATLAB 5.0 MAT-file, made for a test"));
  header.set([0, 1, 0x49, 0x4d], 124);
  const deflated = zlibSync(structure);
  return joined([header, words(COMPRESSED, deflated.length), deflated]);
}

function matrix(
  kind: number,
  dimensions: readonly number[],
  name: string,
  rest: readonly Uint8Array[],
): Uint8Array {
  const parts = [
    element(UINT32, words(kind, 0)),
    element(INT32, words(...dimensions)),
    element(INT8, text(name)),
    ...rest,
  ];
  return element(MATRIX, joined(parts));
}

function element(type: number, bytes: Uint8Array): Uint8Array {
  return joined([words(type, bytes.length), bytes, new Uint8Array(-bytes.length & 7)]);
}

function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

function text(of: string): Uint8Array {
  return new TextEncoder().encode(of);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
