/**
 * Every number of the colour model. All were chosen on training images, none on evaluation images;
 * how is told in docs/colour.md. Colours are in CIE Lab units, lengths in the unit named.
 */
export interface ColourConstants {
  /** Longer side, in pixels, of the picture the model works on; larger pictures are made smaller. */
  readonly workingSide: number;
  /** About how many tokens lie on a picture. */
  readonly tokens: number;
  /** Tokens per unit of the local mixture. */
  readonly tokensPerUnit: number;
  /** EM steps of the local mixture. */
  readonly localSteps: number;
  /** Standard deviations of a local unit, for tokens and for pixels: colour, position in unit spacings. */
  readonly tokenSigma: { readonly colour: number; readonly position: number };
  readonly pixelSigma: { readonly colour: number; readonly position: number };
  /** Units per component of the appearance mixture, its EM steps, and how firmly its keys hold (units' pull). */
  readonly unitsPerComponent: number;
  readonly appearanceSteps: number;
  readonly appearancePrior: number;
  /** Standard deviations of a component: colour, local colour, wide local colour, texture, position (of the longer side). */
  readonly appearanceSigma: {
    readonly colour: number;
    readonly local: number;
    readonly wide: number;
    readonly texture: number;
    readonly position: number;
  };
  /** Of every label's density, this share is that of the picture as a whole. */
  readonly background: number;
  /** Neighbours a unit listens to; how near in unit spacings, how alike in colour, and the least it listens. */
  readonly neighbours: number;
  readonly neighbourSigma: { readonly position: number; readonly colour: number };
  readonly neighbourFloor: number;
  /** Steps of propagation between two looks at the values, how many such rounds, and the step's length and momentum. */
  readonly stepsPerRound: number;
  readonly rounds: number;
  readonly stepLength: number;
  readonly momentum: number;
  /** Smallest squared difference of values that still weakens a neighbour, and how firmly values hold apart (β). */
  readonly valueFloor: number;
  readonly valuePrecision: number;
  /** How firmly every unit is background before anything is said. */
  readonly backgroundPrior: number;
  /** How often appearance is learnt from the values and believed, and how firmly. */
  readonly looks: number;
  readonly evidencePrecision: number;
  /** The most one label's evidence exceeds another's, in nats; that of place; how much place counts. */
  readonly evidenceCap: number;
  readonly placeCap: number;
  readonly placeShare: number;
  /** A click: radius of its disk and reach of its pixels, in 1/500 of the longer side; its pull on units; its weight as an example. */
  readonly clickRadius: number;
  readonly clickPull: number;
  readonly clickExample: number;
  readonly clickReach: number;
  readonly clickWeight: number;
  readonly clickColour: number;
  /** Pull of a region's outside, of a box's and a lasso's inside, and of a starting mask of precision 1 on units and on pixels. */
  readonly outsidePull: number;
  readonly insidePull: number;
  readonly lassoPull: number;
  readonly startPull: number;
  readonly startWeight: number;
}

export const COLOUR: ColourConstants = {
  workingSide: 640,
  tokens: 10_000,
  tokensPerUnit: 5.5,
  localSteps: 5,
  tokenSigma: { colour: 6, position: 0.6 },
  pixelSigma: { colour: 10, position: 0.55 },
  unitsPerComponent: 9,
  appearanceSteps: 4,
  appearancePrior: 1,
  appearanceSigma: { colour: 7, local: 10, wide: 40, texture: 6, position: 0.35 },
  background: 0.02,
  neighbours: 10,
  neighbourSigma: { position: 1, colour: 7 },
  neighbourFloor: 0.02,
  stepsPerRound: 10,
  rounds: 4,
  stepLength: 0.9,
  momentum: 0.9,
  valueFloor: 1e-3,
  valuePrecision: 10,
  backgroundPrior: 0.0015,
  looks: 1,
  evidencePrecision: 0.3,
  evidenceCap: 3,
  placeCap: 6,
  placeShare: 0.55,
  clickRadius: 5,
  clickPull: 20,
  clickExample: 3,
  clickReach: 4,
  clickWeight: 3,
  clickColour: 12,
  outsidePull: 4,
  insidePull: 0.02,
  lassoPull: 0.1,
  startPull: 0.05,
  startWeight: 0.2,
};
