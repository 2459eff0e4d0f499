/** How far a wheel was turned: the picture grows by e to this power. */

/** A pinch on a touchpad comes as a wheel with Ctrl and small steps. */
const PINCH = 0.01;
const WHEEL = 0.0016;

/** Pixels per line and per page, for mice that count in those. */
const UNITS = [1, 16, 400];

export function wheelTurns({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const turned = deltaY * (UNITS[deltaMode] ?? 1) * (ctrlKey ? PINCH : WHEEL);
  return Math.min(1, Math.max(-1, turned));
}
