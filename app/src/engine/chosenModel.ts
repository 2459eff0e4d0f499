import { DEFAULT_MODEL } from "maskwise";

/**
 * Which model segments: the one that the address names (`#model=colour`), else that of the server,
 * else the default; but a page on a disk may fetch no weights, so there it is the one without.
 */
export function chosenModel({ hash, protocol }: Location, served?: string): string {
  const named = new URLSearchParams(hash.slice(1)).get("model");
  return named ?? served ?? (isCutOff({ protocol }) ? "colour" : DEFAULT_MODEL);
}

/** Whether the files beside the page are out of its reach. */
export function isCutOff({ protocol }: Pick<Location, "protocol">): boolean {
  return protocol === "file:";
}
