/** Why a request is not answered, as an HTTP status and a sentence. */

export type RefusalStatus = 400 | 404 | 409 | 413 | 415 | 429 | 503;

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: RefusalStatus;
  /** Where in the request the fault is, such as `prompts.0.at.x`. */
  readonly path: string | undefined;

  constructor(status: RefusalStatus, message: string, path?: string) {
    super(message);
    this.status = status;
    this.path = path;
  }
}

/** Whether a request failed because who asked has gone: given up, or cut off while still sending. */
export function hasGone(error: Error): boolean {
  return error.name === "AbortError" || (error as NodeJS.ErrnoException).code === "ECONNRESET";
}
