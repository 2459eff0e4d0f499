/** How uncertainty is coloured, on the picture and in the legend alike. */

interface Stop {
  readonly at: number;
  readonly rgb: readonly [number, number, number];
  readonly alpha: number;
}

/**
 * From 0, sure, to 1, undecided: the colours of matplotlib's "plasma", which grow evenly in
 * lightness and are told apart by colour-blind eyes, ever denser over the photo.
 */
const STOPS: readonly Stop[] = [
  { at: 0, rgb: [13, 8, 135], alpha: 0 },
  { at: 0.12, rgb: [70, 3, 159], alpha: 0 },
  { at: 0.35, rgb: [156, 23, 158], alpha: 0.28 },
  { at: 0.6, rgb: [216, 87, 107], alpha: 0.62 },
  { at: 0.8, rgb: [251, 159, 58], alpha: 0.85 },
  { at: 1, rgb: [240, 249, 33], alpha: 0.95 },
];

/** The legend's bar, as a CSS gradient. */
export const uncertaintyGradient: string = `linear-gradient(to right, ${STOPS.map(
  ({ at, rgb, alpha }) => `rgb(${rgb.join(" ")} / ${alpha}) ${at * 100}%`,
).join(", ")})`;

let table: Uint32Array | undefined;

/** Pixels for uncertainties 0/255 to 255/255, each as one little-endian number. */
export function uncertaintyTable(): Uint32Array {
  table ??= Uint32Array.from({ length: 256 }, (_, i) => pixelFor(i / 255));
  return table;
}

function pixelFor(uncertainty: number): number {
  const above = Math.max(
    1,
    STOPS.findIndex(({ at }) => at >= uncertainty),
  );
  const from = STOPS[above - 1];
  const to = STOPS[above];
  if (!from || !to) return 0;
  const share = (uncertainty - from.at) / (to.at - from.at);
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * share);
  const [red, green, blue] = [0, 1, 2].map((i) => mix(from.rgb[i] ?? 0, to.rgb[i] ?? 0));
  const alpha = mix(from.alpha * 255, to.alpha * 255);
  return ((alpha << 24) | ((blue ?? 0) << 16) | ((green ?? 0) << 8) | (red ?? 0)) >>> 0;
}
