/** What every reader of data sets is: it knows one layout of files. */

import type { DataSet } from "../dataSet.ts";
import type { DataFolder } from "../edge.ts";

export interface Reader {
  /** What lies in a folder that it reads. */
  readonly looksFor: string;
  /** Whether a folder seems to be laid out so; a glance at names and first bytes, no proof. */
  recognises(folder: DataFolder): Promise<boolean>;
  /**
   * The sets of a folder; none where nothing is laid out so.
   *
   * @throws {FormatError} An index is damaged.
   */
  sets(folder: DataFolder): Promise<readonly DataSet[]>;
}
