// Paint over a mask, click on, and the edit stays; undo takes any of it back.
import {
  editByHand,
  interpreterDevice,
  newSession,
  openModel,
  openPicture,
  pixel,
  say,
  scene,
  undo,
} from "maskwise";

// The scene that the annotator starts with: an orange at (464, 256).
const { picture } = scene(1);
const { run } = interpreterDevice();
const segmenter = await openPicture(picture, await openModel("colour"), { run });

const clicked = say(newSession(picture), { kind: "click", at: pixel(464, 256), says: "object" });
const painted = editByHand(clicked, {
  kind: "brush",
  stroke: { kind: "stroke", points: [pixel(20, 20), pixel(60, 20)], width: 9, says: "object" },
  hardness: 1,
});
const grown = editByHand(painted, { kind: "grow", label: "object", by: 3 });
const corrected = say(grown, { kind: "click", at: pixel(320, 440), says: "background" });

const labelAt = async (session: typeof clicked, x: number, y: number) => {
  const { mask, labels } = await segmenter.segment(session);
  return labels[mask.data[y * mask.width + x]];
};
console.log(await labelAt(clicked, 40, 20)); // background
console.log(await labelAt(corrected, 40, 20)); // object
console.log(await labelAt(corrected, 40, 26)); // object
console.log(await labelAt(undo(undo(corrected)), 40, 26)); // background
