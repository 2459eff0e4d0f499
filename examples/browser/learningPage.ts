// The page: what the network is shown, what it believes, and its loss.
import { ortDevice } from "maskwise";
import * as onnxruntime from "onnxruntime-web/wasm";
import { learn, picture, SIDE } from "./learning.ts";

const STEPS = 60;

function draw(id: string, values: ArrayLike<number>, black: number, white: number): void {
  const canvas = document.querySelector<HTMLCanvasElement>(id);
  if (canvas === null) return;
  canvas.width = canvas.height = SIDE;
  const pixels = new ImageData(SIDE, SIDE);
  for (let i = 0; i < values.length; i++) {
    pixels.data.fill((255 * (values[i] - black)) / (white - black), 4 * i, 4 * i + 3);
    pixels.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
}

const losses: number[] = [];
// For whoever looks from the console, or tests.
Object.assign(window, { losses });
draw("#picture", picture.data, -1.5, 1.5);
for await (const { loss, belief } of learn(ortDevice(onnxruntime, { provider: "wasm" }), STEPS)) {
  losses.push(loss);
  draw("#belief", belief, 0, 1);
  const status = document.querySelector("#loss");
  if (status !== null) status.textContent = `Step ${losses.length} of ${STEPS}: ${loss.toFixed(4)}`;
}
