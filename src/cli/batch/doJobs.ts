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
import { inTurn } from "../../runtime/index.ts";
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
 * @param folder Of the batch, where results wait.
 * @param looksAhead Whether a network looks at the next picture in a thread of its own, while objects are
 *   cut out of one.
 * @throws {Error} The model cannot be opened.
 */
export async function openJobs(
  settings: Settings,
  folder: string,
  looksAhead = false,
): Promise<JobDoer> {
  const { model: name, device, masks } = settings;
  const pictures = dataFiles(settings.pictures);
  const model = await openModel(name, { device, threads: THREADS });
  const answering = await deviceFor(name, device, { threads: THREADS });
  const looking = looksAhead
    ? await deviceFor(name, device, {
        threads: THREADS,
        load: (packageName) => ortInThread(packageName, endWith),
      })
    : answering;
  // So many pictures are in memory as they were seen: more would bring nothing.
  const lanes = looksAhead ? [{}, {}] : [{}];
  let begun = 0;
  return {
    get notes() {
      return [...new Set([...looking.notes, ...answering.notes])];
    },
    do: async (job) => {
      const picture = await pictures.decodePicture(await pictures.read(job.picture));
      const objects = await objectsOf(job, masks);
      const found = await inTurn(lanes[begun++ % lanes.length], async () => {
        const segmenter = await openPicture(picture, model, { run: looking.run });
        return segmentObjects(segmenter, objects, { run: answering.run });
      });
      const image = imageOfObjects(job, picture, objects, found);
      await writeFileAtomically(join(folder, partOf(job)), `${JSON.stringify(image)}\n`);
    },
  };
}

/**
 * Without the thread that looks nothing can be done here, and nothing is said of what was begun: whoever
 * started this one starts another, and tries again.
 */
function endWith(reason: Error): never {
  throw reason;
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
