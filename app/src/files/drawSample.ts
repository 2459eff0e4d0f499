/** A worker that draws the sample scene and sends it: most of a second that the page need not wait. */

import { scene } from "maskwise";

/** Different colours, shapes, holes and overlaps, and none of it hard. */
const SEED = 1;

const { picture } = scene(SEED);
self.postMessage(picture, { transfer: [picture.data.buffer as ArrayBuffer] });
