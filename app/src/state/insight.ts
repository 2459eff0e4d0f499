/** What only a mixture can show, as far as a person has asked for it. */

import type { Changes, Plane, Reason } from "maskwise";

export interface Insight {
  /** Whether what the last step changed is shown. */
  readonly changes: boolean;
  /** Whether pixels under the pointer are explained. */
  readonly why: boolean;
  /** Whether pixels that are too undecided are shown, and exported, as nobody's. */
  readonly unsure: boolean;
  /** How undecided they are at least, in (0, 1]. */
  readonly unsureFrom: number;
  /** What the last step changed; `undefined` once it was accepted. */
  readonly changed: Changes | undefined;
  /** Why the pixel under the pointer has its label, the weightiest reasons first. */
  readonly reasons: readonly Reason[];
  /** About what a first click under the pointer would cut out, in [0, 1]. */
  readonly preview: Plane | undefined;
}

export const FIRST_INSIGHT: Insight = {
  changes: false,
  why: false,
  unsure: false,
  unsureFrom: 0.5,
  changed: undefined,
  reasons: [],
  preview: undefined,
};
