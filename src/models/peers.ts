/** Old methods that a model must beat, as models: for evaluation, not for work. */

import type { Model } from "./model.ts";
import { randomWalkerModel } from "./randomWalker/randomWalker.ts";

export type PeerName = "random-walker";

export const peers: Readonly<Record<PeerName, Model>> = {
  "random-walker": randomWalkerModel(),
};

export const peerNames: readonly PeerName[] = ["random-walker"];
