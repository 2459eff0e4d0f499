import {
  type AnnotationFormatName,
  annotationFormatNames,
  annotationFormats,
} from "../formats/index.ts";

/** The one format whose files end as an output does; `undefined` where there is none, or several. */
export function formatOfOutput(output: string): AnnotationFormatName | undefined {
  const matching = annotationFormatNames.filter((name) => {
    const { extension } = annotationFormats[name];
    return extension !== undefined && output.toLowerCase().endsWith(extension);
  });
  return matching.length === 1 ? matching[0] : undefined;
}
