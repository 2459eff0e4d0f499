// The page: each scene with its last mask, its IoU after each click, and the report of all.
import {
  type Mask,
  ortDevice,
  type Picture,
  randomNumbers,
  type Sample,
  setReport,
} from "maskwise";
import * as onnxruntime from "onnxruntime-web/wasm";
import { evaluate } from "./evaluation.ts";

function draw({ width, height, data }: Picture, mask: Mask): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pixels = new ImageData(width, height);
  for (let at = 0; at < mask.data.length; at++) {
    pixels.data.set(data.subarray(3 * at, 3 * at + 3), 4 * at);
    pixels.data[4 * at + 3] = mask.data[at] === 1 ? 255 : 80;
  }
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  return canvas;
}

function percent(part: number | null): string {
  return part === null ? "–" : `${(100 * part).toFixed(1)} %`;
}

const samples: Sample[] = [];
// For whoever looks from the console, or tests.
Object.assign(window, { samples });
for await (const { picture, mask, sample } of evaluate(
  ortDevice(onnxruntime, { provider: "wasm" }),
)) {
  samples.push(sample);
  const caption = document.createElement("figcaption");
  const ious = sample.overlaps.map(([intersection, union]) => percent(intersection / union));
  caption.textContent = `${sample.id}: ${ious.join(", ")}`;
  const figure = document.createElement("figure");
  figure.append(draw(picture, mask), caption);
  document.querySelector("#objects")?.append(figure);
}
const { noc, miou, hash } = setReport(samples, [], randomNumbers);
const report = document.querySelector("#report");
if (report !== null) {
  report.textContent = [
    ...Object.entries(noc).map(([target, clicks]) => `NoC@${target} ${clicks.toFixed(2)}`),
    ...miou.map((mean, k) => `mean IoU after ${k + 1}: ${percent(mean)}`),
    `hash ${hash}`,
  ].join("\n");
}
