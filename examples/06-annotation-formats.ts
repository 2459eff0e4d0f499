// A mask to the formats of other tools, and what comes back from them.
import {
  annotationFormats,
  filesInMemory,
  gathered,
  imageOfMask,
  maskOf,
  whatWasKept,
  written,
} from "maskwise";

// A ring: polygons of most formats have no holes, and keep this one all the same.
const [width, height] = [40, 30];
const data = Uint8Array.from({ length: width * height }, (_, at) => {
  const distance = Math.hypot((at % width) - 20, Math.floor(at / width) - 15);
  return distance > 5 && distance < 12 ? 1 : 0;
});
const about = { labels: ["background", "ring"], picture: "ring.png" };
const image = imageOfMask({ width, height, data }, about);
const set = { categories: [{ name: "ring" }], images: [image] };

const files = await written(annotationFormats.yolo.write(set));
console.log([...files.keys()].join(" ")); // labels/ring.txt data.yaml

// YOLO's labels say neither how large their images are nor how their names end.
const images = new Map([["ring.png", { width, height }]]);
const back = await gathered(await annotationFormats.yolo.read(filesInMemory(files), { images }));
const [{ region }] = back.images[0].instances;
console.log(region.kind); // polygons
console.log(maskOf(region, image).data.every((value, at) => value === data[at])); // true

const kept = await whatWasKept(set, back);
console.log(kept.every(({ total, kept }) => kept === total)); // true
