/** Words about changing masks by hand. */

export const editingTexts = {
  title: "Edit by hand",
  hardness: "Hardness",
  hardnessHelp:
    "At 100 % exactly what is under the brush; below, its rim follows the edges in the photo",
  tolerance: "Tolerance",
  vertices: (count: number): string => `${count} ${count === 1 ? "vertex" : "vertices"}`,
  usePolygon: "Use this polygon",
  reach: "By",
  pixels: (count: number): string => `${count} px`,
  chooseObject: "Choose an object to edit.",
  split: (parts: number): string => (parts > 1 ? `Split into ${parts}` : "Split parts"),
  merge: "Merge with",
  mergeChoice: "another object…",
  hint: {
    paint: "Paint the object. Right button: erase. Shift: straight lines.",
    erase: "Erase the object. Right button: paint. Shift: straight lines.",
    polygon:
      "Drag vertices and edges, right-click to remove one. Click beside to draw a ring (right button: a hole).",
  },
} as const;

/** How the commands are called. */
export const editingCommands = {
  paint: "Brush",
  erase: "Eraser",
  polygon: "Polygon",
  fillHoles: "Fill holes",
  dropIslands: "Drop islands",
  smooth: "Smooth",
  grow: "Grow",
  shrink: "Shrink",
  splitObject: "Split parts",
} as const;

export const editingKeys: readonly (readonly [string, string])[] = [
  [
    "Enter, Backspace",
    "Polygon: close the ring (by keyboard: twice at one place), take a vertex back",
  ],
];
