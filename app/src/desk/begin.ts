/** How the page begins. */

import { isMakeshift } from "../engine/chosenModel.ts";
import { findLocalServer } from "../files/localServer.ts";
import { texts } from "../texts.ts";
import { complain, openUnkept } from "./photos.ts";
import { openKept } from "./projects.ts";
import type { Studio } from "./studio.ts";

/** Begin with what is kept, in the local server's folder or in the browser, or with the sample scene. */
export async function begin(studio: Studio, location: Location): Promise<void> {
  try {
    studio.server = await findLocalServer(location);
  } catch (error) {
    complain(studio, error);
  }
  if (isMakeshift(location)) studio.notify("note", texts.onDisk);
  if (!(await openKept(studio))) openUnkept(studio);
}
