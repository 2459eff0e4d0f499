// Drawn scenes, and what comes of simulated clicks on them. Where that is computed is the device's business.
import { annotate, type Device, openModel, openPicture, sampleOf, scene } from "maskwise";

const SEEDS = [1, 2, 3, 4, 5];
const SIZE = { width: 240, height: 180 };
const CLICKS = 10;

/** Evaluate the model on one scene after another, and tell of each. */
export async function* evaluate({ run }: Device) {
  const model = await openModel("colour"); // which has no weights to be fetched
  for (const seed of SEEDS) {
    const { picture, truth } = scene(seed, SIZE);
    const annotation = await annotate(
      { picture, truth },
      (opened) => openPicture(opened, model, { run }),
      { clicks: CLICKS, now: () => performance.now() },
    );
    yield { picture, mask: annotation.mask, sample: sampleOf(`scene ${seed}`, annotation) };
  }
}
