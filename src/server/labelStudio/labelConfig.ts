/** What a project of Label Studio labels: its image, and the tag that holds masks. */

import { type XmlElement, xmlDocument } from "../../formats/index.ts";
import { Refusal } from "../refusal.ts";
import type { PredictionWant } from "./predictionAnswer.ts";

export interface LabelConfig {
  /** The image's tag, and the field of a task's data that says where it is. */
  readonly image: { readonly name: string; readonly field: string };
  readonly tag: PredictionWant["tag"];
}

/** Tags that hold masks, those first that hold them exactly. */
const TAGS = [
  ["BrushLabels", "brushlabels"],
  ["PolygonLabels", "polygonlabels"],
] as const;

/** @throws {Refusal} Without an image, or without a tag for masks of it. */
export async function labelConfig(xml: string): Promise<LabelConfig> {
  const all = elements(await xmlDocument("label_config", new TextEncoder().encode(xml)));
  for (const image of all.filter(({ name }) => name === "Image")) {
    const { name = "", value = "" } = image.attributes;
    for (const [tagName, type] of TAGS) {
      const tag = all.find(
        (one) => one.name === tagName && one.attributes["toName"]?.split(",").includes(name),
      );
      const own = tag?.attributes["name"];
      if (own === undefined) continue;
      return { image: { name, field: value.replace(/^\$/, "") }, tag: { name: own, type } };
    }
  }
  throw new Refusal(
    400,
    "label_config: expected an Image with BrushLabels or PolygonLabels, got none. Add them in the project's labelling interface.",
    "label_config",
  );
}

function elements(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(elements)];
}
