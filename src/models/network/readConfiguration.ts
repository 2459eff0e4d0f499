/** A configuration that came from outside, as JSON: every part of it is checked. */

import {
  at,
  type Field,
  listAt,
  numberAt,
  textAt,
  wholeAt,
  wrong,
} from "../../formats/jsonFields.ts";
import { backboneSizes } from "./backbone.ts";
import type {
  AttentionStage,
  Backbone,
  Classifier,
  Comparison,
  Interaction,
  NetworkConfiguration,
} from "./configuration.ts";

/** How to read each part of an object. */
type Readers<Whole> = { readonly [Name in keyof Whole]: (field: Field) => Whole[Name] };

/**
 * @throws {FormatError} When a part is missing, unknown or out of range; the message begins with the
 *   path to it.
 */
export function configurationAt(field: Field): NetworkConfiguration {
  const own = objectAt<NetworkConfiguration>(field, {
    name: textAt,
    side: count,
    backbone: backboneAt,
    attention: (stage) =>
      objectAt<AttentionStage>(stage, {
        blocks: (blocks) => wholeAt(blocks, 0),
        filters: count,
        inner: count,
        heads: count,
        span: oneOf("full", "axial"),
        positions: oneOf("none", "factored", "full"),
        prior: oneOf("uniform", "magnitude"),
        keySteps: (steps) => wholeAt(steps, 0),
      }),
    pyramid: (pyramid) =>
      objectAt<NetworkConfiguration["pyramid"]>(pyramid, {
        filters: count,
        rates: counts,
        separable: flag,
      }),
    decoder: (decoder) =>
      objectAt<NetworkConfiguration["decoder"]>(decoder, {
        detail: count,
        deep: count,
        filters: count,
      }),
    interaction: (interaction) =>
      objectAt<Interaction>(interaction, {
        entry: oneOf("late", "early"),
        reaches: (reaches) => listAt(reaches).map(positive),
        likeness: (likeness) => objectAt(likeness, { deep: comparisonAt, fine: comparisonAt }),
        deep: count,
        dilations: counts,
        fine: count,
        convolutions: count,
        takesStart: flag,
      }),
    classifier: classifierAt,
  });
  checkTogether(field, own);
  return own;
}

/** What parts have to be for each other. */
function checkTogether(
  field: Field,
  { side, backbone, attention, classifier }: NetworkConfiguration,
) {
  const { detail, lastStride } = backboneSizes(backbone);
  if (detail === 0) {
    throw wrong(at(at(field, "backbone"), "blocks"), "blocks that pass through stride 4");
  }
  if (side % lastStride !== 0) {
    throw wrong(at(field, "side"), `a multiple of ${lastStride}, the stride of the deepest block`);
  }
  if (attention.inner % attention.heads !== 0) {
    throw wrong(at(at(field, "attention"), "inner"), `a multiple of its ${attention.heads} heads`);
  }
  if (classifier.kind === "corrective" && (side / 4) % classifier.stride !== 0) {
    throw wrong(
      at(at(field, "classifier"), "stride"),
      `a divisor of ${side / 4}, a fourth of the side`,
    );
  }
}

function backboneAt(field: Field): Backbone {
  const kind = oneOf("mobile", "residual")(at(field, "kind"));
  if (kind === "mobile") {
    return objectAt<Extract<Backbone, { kind: "mobile" }>>(field, {
      kind: () => kind,
      stem: count,
      blocks: (blocks) =>
        listAt(blocks).map((block) =>
          objectAt(block, { filters: count, stride: count, wider: count }),
        ),
    });
  }
  return objectAt<Extract<Backbone, { kind: "residual" }>>(field, {
    kind: () => kind,
    stem: count,
    blocks: (blocks) =>
      listAt(blocks).map((block) =>
        objectAt(block, { filters: count, width: count, stride: count, dilation: count }),
      ),
  });
}

function comparisonAt(field: Field) {
  return objectAt<Comparison>(field, { heads: count, channels: count });
}

function classifierAt(field: Field): Classifier {
  const kind = oneOf("linear", "corrective")(at(field, "kind"));
  if (kind === "linear") return objectAt<{ kind: "linear" }>(field, { kind: () => kind });
  return objectAt<Extract<Classifier, { kind: "corrective" }>>(field, {
    kind: () => kind,
    stride: count,
    heads: count,
    channels: count,
    valueSteps: (steps) => wholeAt(steps, 0),
  });
}

function objectAt<Whole extends object>(field: Field, readers: Readers<Whole>): Whole {
  const { value } = field;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong(field, "an object");
  }
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(readers, name)) {
      throw wrong(at(field, name), `one of ${Object.keys(readers).join(", ")}, and nothing else`);
    }
  }
  const entries = Object.entries<(part: Field) => unknown>(readers).map(([name, read]) => [
    name,
    read(at(field, name)),
  ]);
  // Every name of it has been read by its reader.
  return Object.fromEntries(entries) as Whole;
}

function count(field: Field): number {
  return wholeAt(field, 1);
}

function counts(field: Field): readonly number[] {
  return listAt(field).map(count);
}

function positive(field: Field): number {
  const value = numberAt(field);
  if (value <= 0) throw wrong(field, "a number above 0");
  return value;
}

function flag(field: Field): boolean {
  if (typeof field.value !== "boolean") throw wrong(field, "true or false");
  return field.value;
}

function oneOf<const Texts extends readonly string[]>(
  ...texts: Texts
): (field: Field) => Texts[number] {
  return (field) => {
    const known = texts.find((text) => text === field.value);
    if (known === undefined) throw wrong(field, `one of ${texts.join(", ")}`);
    return known;
  };
}
