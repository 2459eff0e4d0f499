import { DEFAULT_MODEL } from "maskwise";

/**
 * Which model segments: the one that the address names, else that of the server, else the default;
 * but a page on a disk may fetch no weights, so there it is the one without.
 */
export function chosenModel(location: Location, served?: string): string {
  return namedModel(location) ?? served ?? (isOnDisk(location) ? "colour" : DEFAULT_MODEL);
}

/** Whether the colour model segments for want of weights, and nobody has asked for it. */
export function isMakeshift(location: Location): boolean {
  return isOnDisk(location) && namedModel(location) === undefined;
}

/** The model of an address that ends in `#model=colour`. */
function namedModel({ hash }: Location): string | undefined {
  return new URLSearchParams(hash.slice(1)).get("model") ?? undefined;
}

function isOnDisk({ protocol }: Location): boolean {
  return protocol === "file:";
}

/** Let another model segment from now on, and say so in the address. */
export function chooseModel(name: string): void {
  const said = new URLSearchParams(location.hash.slice(1));
  said.set("model", name);
  history.replaceState(history.state, "", `#${said}`);
}
