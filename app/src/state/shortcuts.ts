/**
 * Which key does what: as each command has it from the start, or as a person has changed it. A key
 * does one thing; who gives it to one command takes it from another.
 */

/** Keys by command, of those whose keys were changed. Written as printed: "Ctrl+Shift+Z", "Q", "+". */
export type Changed = Readonly<Record<string, readonly string[]>>;

/** Every command's keys from the start. */
export type Defaults = Readonly<Record<string, { readonly keys: readonly string[] }>>;

export function keysOf(name: string, changed: Changed, defaults: Defaults): readonly string[] {
  return changed[name] ?? defaults[name]?.keys ?? [];
}

/** The command that a key belongs to. */
export function holderOf(key: string, changed: Changed, defaults: Defaults): string | undefined {
  return Object.keys(defaults).find((name) => keysOf(name, changed, defaults).includes(key));
}

/** Give a key to a command, as its only one; who had it before does without. */
export function given(key: string, name: string, changed: Changed, defaults: Defaults): Changed {
  const holder = holderOf(key, changed, defaults);
  const without =
    holder === undefined
      ? changed
      : {
          ...changed,
          [holder]: keysOf(holder, changed, defaults).filter((other) => other !== key),
        };
  return { ...without, [name]: [key] };
}

/** What the page itself or the browser needs, whatever a person would like. */
const TAKEN =
  /^(?:Shift\+)?(?:\d|Escape|Tab|Enter| |Arrow\w+|Control|Shift|Alt|Meta|F\d+|Dead|Process)$/;

/** Of what browsers keep for themselves, what closes the page or opens another. */
const OF_BROWSERS = /^Ctrl\+(?:Shift\+)?[WTNQ]$/;

export function canBeGiven(key: string): boolean {
  return !TAKEN.test(key) && !OF_BROWSERS.test(key);
}

/** The parts of a key event that tell keys apart. */
export type KeyPressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">;

/** As commands name it; signs say for themselves whether Shift is held. */
export function keyOf({ key, ctrlKey, metaKey, shiftKey }: KeyPressed): string {
  const isSign = key.length === 1 && key.toUpperCase() === key.toLowerCase();
  return [
    ctrlKey || metaKey ? "Ctrl+" : "",
    shiftKey && !isSign ? "Shift+" : "",
    key.length === 1 ? key.toUpperCase() : key,
  ].join("");
}
