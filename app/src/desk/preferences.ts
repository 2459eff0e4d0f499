/** How a person likes the page: kept by the browser from one visit to the next, where it keeps things. */

import { FIRST_LOOK, type Look, type Theme, themes } from "../state/look.ts";
import type { Changed } from "../state/shortcuts.ts";
import type { State } from "../state/state.ts";

const PLACE = "maskwise.preferences";

/** Of the look, what belongs to a person and not to a photo. */
type Kept = Pick<Look, "opacity" | "outline" | "grid" | "map">;

interface Preferences {
  readonly theme: Theme;
  readonly keys: Changed;
  readonly look: Kept;
}

type Preferable = Pick<State, "theme" | "keys" | "look">;

/**
 * What was kept, of what is still understood; the rest is as from the start.
 *
 * @param storage `undefined` or throwing where a browser keeps nothing: a private window, a sandbox.
 */
export function recalled(storage: () => Storage | undefined): Preferable {
  const found = parsed(storage);
  const { opacity, outline, grid, map } = recordOf(found["look"]);
  const share = typeof opacity === "number" && opacity >= 0 && opacity <= 1;
  return {
    theme: themes.find((theme) => theme === found["theme"]) ?? "system",
    keys: Object.fromEntries(Object.entries(recordOf(found["keys"])).filter(isKeys)),
    look: {
      ...FIRST_LOOK,
      ...(share && { opacity }),
      ...(typeof outline === "boolean" && { outline }),
      ...(typeof grid === "boolean" && { grid }),
      ...(typeof map === "boolean" && { map }),
    },
  };
}

/** Keep what a person likes, where that is possible. */
export function remember(storage: () => Storage | undefined, state: Preferable): void {
  const { opacity, outline, grid, map } = state.look;
  const kept: Preferences = {
    theme: state.theme,
    keys: state.keys,
    look: { opacity, outline, grid, map },
  };
  try {
    storage()?.setItem(PLACE, JSON.stringify(kept));
  } catch {
    // Full, or forbidden: then it holds for this visit.
  }
}

function parsed(storage: () => Storage | undefined): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(storage()?.getItem(PLACE) ?? "{}"));
  } catch {
    return {};
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function isKeys(entry: [string, unknown]): entry is [string, readonly string[]] {
  const [, keys] = entry;
  return Array.isArray(keys) && keys.every((key) => typeof key === "string");
}
