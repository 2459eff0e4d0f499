/** What is open on first start: a scene drawn by the project's own generator, beside the page. */

import type { Picture } from "maskwise";
import { texts } from "../texts.ts";
import DrawSample from "./drawSample.ts?worker&inline";
import { FileProblem } from "./fileProblem.ts";

/** @throws {FileProblem} Where no worker can be started. */
export async function sampleScene(): Promise<Picture> {
  const worker = new DrawSample();
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Picture>) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new FileProblem(texts.noSample(event.message)));
      };
    });
  } finally {
    worker.terminate();
  }
}
