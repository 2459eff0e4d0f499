// Two objects in one inference, and how sure the mask is of a pixel.
import {
  interpreterDevice,
  newSession,
  openModel,
  openPicture,
  pixel,
  sayAll,
  scene,
} from "maskwise";

// The scene that the annotator starts with: an orange at (464, 256), a starfish at (120, 110).
const { picture } = scene(1);
const { run } = interpreterDevice();
const segmenter = await openPicture(picture, await openModel("colour"), { run });

const session = sayAll(newSession(picture, ["background", "orange", "starfish"]), [
  { kind: "click", at: pixel(464, 256), says: "orange" },
  { kind: "click", at: pixel(120, 110), says: "starfish" },
  { kind: "click", at: pixel(320, 40), says: "background" },
]);
const { mask, labels, probability } = await segmenter.segment(session);

const at = (x: number, y: number) => y * picture.width + x;
console.log(labels[mask.data[at(440, 300)]]); // orange
console.log(labels[mask.data[at(150, 60)]]); // starfish
console.log(labels[mask.data[at(320, 440)]]); // background
console.log(probability("orange").data[at(464, 256)]); // 1
