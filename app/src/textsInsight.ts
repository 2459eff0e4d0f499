/** Every word about what clicks do and why. */

import type { Label } from "maskwise";

export const insightTexts = {
  title: "Clicks",
  strength: "Strength",
  strengthHelp: "How far a correction reaches: to the right, more pixels follow a click",
  unsureFrom: "From",
  unsureHelp: "Pixels at least this undecided are nobody's, on the photo and in PNG files (255)",
  allDecided: "Everything is decided: no place stands out.",
  point: "Point at a pixel of the photo.",
  rest: "Everything else",
  model: "What the network sees",
  looks: (label: Label): string => `Looks like ${label}`,
  start: "The mask begun with",
  said: (kind: "click" | "stroke" | "box" | "lasso", label: Label): string =>
    `${{ click: "Click", stroke: "Stroke", box: "Box", lasso: "Lasso" }[kind]}: ${label}`,
  changed: (gained: number, lost: number, switched: number): string =>
    `${[
      `+${gained.toLocaleString("en")}`,
      `−${lost.toLocaleString("en")}`,
      ...(switched > 0 ? [`⇄${switched.toLocaleString("en")}`] : []),
    ].join("  ")} pixels`,
  keep: "Keep",
} as const;
