// Formats: objects with holes and islands, written for Label Studio and for YOLO, and read again.
import {
  annotationFormats,
  filesInMemory,
  gathered,
  imageOfMask,
  labelMaskOf,
  written,
} from "maskwise";

// A ring around a disc.
const [width, height] = [64, 48];
const data = Uint8Array.from({ length: width * height }, (_, i) => {
  const radius = Math.hypot((i % width) - 32, Math.floor(i / width) - 24);
  if (radius < 6) return 2;
  return radius > 10 && radius < 18 ? 1 : 0;
});
const labels = ["background", "ring", "disc"];
const image = imageOfMask({ width, height, data }, { labels, picture: "target.png" });
const set = { categories: [{ name: "ring" }, { name: "disc" }], images: [image] };

async function throughFormat(name: "label-studio" | "yolo") {
  const files = filesInMemory(await written(annotationFormats[name].write(set)));
  const images = new Map([["target.png", { width, height }]]);
  const [back] = (await gathered(await annotationFormats[name].read(files, { images }))).images;
  const { mask } = labelMaskOf(back, labels);
  return { back, equal: mask.data.every((label, i) => label === data[i]) };
}

const studio = await throughFormat("label-studio");
console.log(studio.back.instances.map(({ category }) => category).join(", ")); // ring, disc
console.log(studio.equal); // true
console.log((await throughFormat("yolo")).equal); // true
