// One click on an object, its mask, and the click taken back.
import { interpreterDevice, newSession, openModel, openPicture, pixel, say, undo } from "maskwise";

// A grey picture with a bright square.
const [width, height] = [96, 72];
const inside = (x: number, y: number) => x >= 30 && x < 60 && y >= 20 && y < 50;
const data = new Uint8Array(width * height * 3).map((_, i) => {
  const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
  return inside(x, y) ? 220 : 60;
});

const { run } = interpreterDevice();
const model = await openModel("colour"); // which has no weights to be read
const segmenter = await openPicture({ width, height, data }, model, { run });

const session = say(newSession({ width, height }), {
  kind: "click",
  at: pixel(45, 35),
  says: "object",
});
const { mask } = await segmenter.segment(session);
console.log(mask.data.filter((label) => label === 1).length); // 900

const { mask: before } = await segmenter.segment(undo(session));
console.log(before.data.filter((label) => label === 1).length); // 0
