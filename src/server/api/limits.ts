/** How much of this machine clients may take, all of them together. */

export interface Limits {
  /** Pictures with more pixels than this many millions are refused. @default 50 */
  readonly maxMegapixels: number;
  /** Of a picture's or a mask's file. @default 64 MiB */
  readonly maxFileBytes: number;
  /** Of everything else that is sent. @default 8 MiB */
  readonly maxJsonBytes: number;
  /** Of all bodies that are arriving at once. @default 512 MiB */
  readonly maxArrivingBytes: number;
  /** @default 1000 */
  readonly maxSessions: number;
  /** Of the files of all pictures in sessions. @default 1 GiB */
  readonly maxStoredBytes: number;
  /** Of what threads hold of pictures they have encoded, about. @default 1 GiB */
  readonly maxEncodedBytes: number;
  /** Sessions that were not used for longer may be closed when room is needed. @default 30 minutes */
  readonly idleMs: number;
  /** Requests that wait. @default 1000 */
  readonly maxWaiting: number;
  /** Requests of one session that wait. @default 8 */
  readonly maxWaitingEach: number;
  /** After this long, waiting included, a request is given up with 503. @default 60 s */
  readonly answerMs: number;
  /** A request that has not arrived after this long is cut off with 408. @default 30 s */
  readonly requestMs: number;
  /** @default 2000 */
  readonly maxConnections: number;
}

export const LIMITS: Limits = {
  maxMegapixels: 50,
  maxFileBytes: 64 * 2 ** 20,
  maxJsonBytes: 8 * 2 ** 20,
  maxArrivingBytes: 512 * 2 ** 20,
  maxSessions: 1000,
  maxStoredBytes: 2 ** 30,
  maxEncodedBytes: 2 ** 30,
  idleMs: 30 * 60_000,
  maxWaiting: 1000,
  maxWaitingEach: 8,
  answerMs: 60_000,
  requestMs: 30_000,
  maxConnections: 2000,
};
