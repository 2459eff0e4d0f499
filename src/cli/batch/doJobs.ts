/** The work itself, the same in a thread of this machine as on another: a picture in, a file out. */

import { join } from "node:path";
import {
  imageOfObjects,
  type Job,
  type JobObject,
  masksAsObjects,
  segmentObjects,
} from "../../batch/index.ts";
import {
  dataFiles,
  deviceFor,
  openModel,
  readMask,
  writeFileAtomically,
} from "../../node/index.ts";
import { openPicture } from "../../session/index.ts";
import { partOf } from "./parts.ts";
import type { Settings } from "./settings.ts";

export interface JobDoer {
  /**
   * Do a job; several may be begun, and while one computes others read and write.
   *
   * @throws {Error} The picture cannot be read, or what is known of its objects does not fit it.
   */
  do(job: Job): Promise<void>;
  /** What the device had to do otherwise than asked. */
  readonly notes: readonly string[];
}

/** Pictures are worked on beside each other, each on one thread. */
const THREADS = 1;

/**
 * @param folder Of the batch, where results wait.
 * @throws {Error} The model cannot be opened.
 */
export async function openJobs(settings: Settings, folder: string): Promise<JobDoer> {
  const { device: deviceName, masks } = settings;
  const pictures = dataFiles(settings.pictures);
  const device = await deviceFor(settings.model, deviceName, { threads: THREADS });
  const model = await openModel(settings.model, { device: deviceName, threads: THREADS });
  let computing: Promise<unknown> = Promise.resolve();
  // One after the other: two at a time would only take the memory of two.
  const inTurn = <Result>(compute: () => Promise<Result>): Promise<Result> => {
    const turn = computing.then(compute);
    computing = turn.catch(() => {});
    return turn;
  };
  return {
    notes: device.notes,
    do: async (job) => {
      const picture = await pictures.decodePicture(await pictures.read(job.picture));
      const objects = await objectsOf(job, masks);
      const found = await inTurn(async () => {
        const segmenter = await openPicture(picture, model, { run: device.run });
        return segmentObjects(segmenter, objects);
      });
      const image = imageOfObjects(job, picture, objects, found);
      await writeFileAtomically(join(folder, partOf(job)), `${JSON.stringify(image)}\n`);
    },
  };
}

async function objectsOf(
  { picture, objects, maskFiles }: Job,
  masks: string | undefined,
): Promise<readonly JobObject[]> {
  if (maskFiles === undefined || masks === undefined) return objects;
  return masksAsObjects(
    await Promise.all(maskFiles.map((file) => readMask(join(masks, file), { picture }))),
  );
}
