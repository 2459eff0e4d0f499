/** How the photo and the mask are drawn; none of it changes what is said or exported. */

export const channels = ["colour", "grey", "red", "green", "blue"] as const;

/** What of the photo's colours is shown; anything but "colour" as shades of grey. */
export type Channel = (typeof channels)[number];

/** Of the page; "system" follows what the person has chosen for all programs. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

export interface Look {
  /** Of the mask's colours, in [0, 1]. */
  readonly opacity: number;
  readonly outline: boolean;
  readonly uncertainty: boolean;
  /** Of the photo, in [−1, 1], 0 as it is. */
  readonly brightness: number;
  /** Of the photo, in [−1, 1], 0 as it is, −1 all grey. */
  readonly contrast: number;
  readonly channel: Channel;
  /** Whether pixels are told apart by lines, once they are large enough. */
  readonly grid: boolean;
  /** Whether a small map shows what is in sight, while that is not all. */
  readonly map: boolean;
}

export const FIRST_LOOK: Look = {
  opacity: 0.45,
  outline: true,
  uncertainty: false,
  brightness: 0,
  contrast: 0,
  channel: "colour",
  grid: true,
  map: true,
};

/** Whether the photo is drawn as it is. */
export function isPlain({ brightness, contrast, channel }: Look): boolean {
  return brightness === 0 && contrast === 0 && channel === "colour";
}
