export { colourModel } from "./colour/colour.ts";
export { COLOUR, type ColourConstants } from "./colour/constants.ts";
export type { Belief, Context, Encoding, Model, Question } from "./model.ts";
export { DEFAULT_MODEL, type ModelName, model, modelNames } from "./table.ts";
