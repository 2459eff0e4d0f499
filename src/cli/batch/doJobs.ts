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
import { ortInThread } from "./ortInThread.ts";
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
 * While one picture's objects are cut out, the next picture is looked at: networks do that in a thread
 * of their own.
 *
 * @param folder Of the batch, where results wait.
 * @throws {Error} The model cannot be opened.
 */
export async function openJobs(settings: Settings, folder: string): Promise<JobDoer> {
  const { model: name, device, masks } = settings;
  const pictures = dataFiles(settings.pictures);
  const model = await openModel(name, { device, threads: THREADS });
  const answering = await deviceFor(name, device, { threads: THREADS });
  const looking = await deviceFor(name, device, {
    threads: THREADS,
    load: (packageName) => ortInThread(packageName, endThis),
  });
  // Two at a time of the same would only take the memory of two.
  const [look, answer] = [inTurn(), inTurn()];
  return {
    get notes() {
      return [...new Set([...looking.notes, ...answering.notes])];
    },
    do: async (job) => {
      const picture = await pictures.decodePicture(await pictures.read(job.picture));
      const objects = await objectsOf(job, masks);
      const segmenter = await look(() => openPicture(picture, model, { run: looking.run }));
      const found = await answer(() => segmentObjects(segmenter, objects, { run: answering.run }));
      const image = imageOfObjects(job, picture, objects, found);
      await writeFileAtomically(join(folder, partOf(job)), `${JSON.stringify(image)}\n`);
    },
  };
}

/** Without the thread that looks nothing can be done here: whoever started this starts another. */
function endThis(reason: Error): void {
  setImmediate(() => {
    throw reason;
  });
}

/** Does one thing after another. */
function inTurn(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = before.then(work);
    before = turn.catch(() => {});
    return turn;
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
