// Files in Node: a photo is read, an object cut out of it, and its mask written and read again.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formats, newSession, openPicture, pixel, say, scene } from "maskwise";
import { deviceFor, openModel, readMask, readPicture, writeFileAtomically } from "maskwise/node";
import sharp from "sharp";

const folder = await mkdtemp(join(tmpdir(), "maskwise-"));
const drawn = scene(1).picture;
await sharp(drawn.data, { raw: { width: drawn.width, height: drawn.height, channels: 3 } })
  .png()
  .toFile(join(folder, "scene.png"));

const picture = await readPicture(join(folder, "scene.png"));
const model = await openModel("colour"); // or "small", or the file of a network
const { run } = await deviceFor("colour"); // ONNX Runtime where the model wants it
const segmenter = await openPicture(picture, model, { run });

const orange = { kind: "click", at: pixel(464, 256), says: "object" } as const;
const { mask, labels } = await segmenter.segment(say(newSession(picture), orange));

const { extension, write } = formats.coco;
const path = join(folder, `scene${extension}`);
await writeFileAtomically(path, write(mask, { labels, picture: "scene.png" }));
const again = await readMask(path);
console.log(again.labels?.join(", ")); // background, object
console.log(again.mask.data.every((label, i) => label === mask.data[i])); // true
await rm(folder, { recursive: true });
