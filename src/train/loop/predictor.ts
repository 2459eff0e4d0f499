/** What a network answers while it is being trained: images are encoded once, clicks answered from that. */

import type { Click } from "../../clicks/prompts.ts";
import type { Truth } from "../../clicks/truth.ts";
import { graph } from "../../graph/graph.ts";
import type { Node } from "../../graph/node.ts";
import { input } from "../../graph/operations/input.ts";
import { resize } from "../../graph/operations/resize.ts";
import { parameterNodes } from "../../nn/parameters.ts";
import type { Device, DeviceTensor, Program } from "../../runtime/device.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Batch } from "../curriculum/batch.ts";
import { clickTensors } from "../curriculum/clickTensors.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { clickNodes } from "./clickNodes.ts";
import type { Trainable } from "./trainable.ts";

type Given = Readonly<Record<string, HostTensor | DeviceTensor>>;

/** What is taken for the object after clicks on the images of one batch, at the size of the images. */
export interface Answering {
  answer(clicks: readonly (readonly Click[])[]): Promise<readonly Truth[]>;
  dispose(): void;
}

export interface Predictor {
  /** Encode the images of a batch with the weights as they now are. */
  predict(batch: Batch): Promise<Answering>;
  dispose(): Promise<void>;
}

interface Programs {
  readonly encode: Program;
  readonly answer: Program;
}

/**
 * @param weights The weights as they now are. Programs are made when they are first needed.
 */
export function predictor(
  network: Trainable,
  recipe: Pick<Recipe, "batch" | "crop" | "clicks">,
  device: Device,
  weights: () => Given,
): Predictor {
  let programs: Promise<Programs> | undefined;
  return {
    predict: async (batch) => {
      programs ??= bound(network, recipe, device);
      const { encode, answer } = await programs;
      const { side } = batch;
      const sizes = { batch: recipe.batch, channels: 3, height: side, width: side };
      const features = prefixed(
        await encode.run({ ...weights(), image: tensor(sizes, batch.image) }),
      );
      return {
        answer: async (clicks) => {
          const given = clickTensors(clicks, recipe.clicks.most);
          const { logits } = await answer.run({ ...weights(), ...features, ...given });
          const { data } = await logits.read();
          logits.dispose();
          const pixels = side * side;
          return clicks.map((_, place) => ({
            width: side,
            height: side,
            data: Uint8Array.from({ length: pixels }, (_, at) =>
              data[place * pixels + at] > 0 ? 1 : 0,
            ),
          }));
        },
        dispose: () => {
          for (const each of Object.values(features)) each.dispose();
        },
      };
    },
    dispose: async () => {
      if (programs === undefined) return;
      const { encode, answer } = await programs;
      await encode.dispose();
      await answer.dispose();
    },
  };
}

async function bound(
  network: Trainable,
  { batch, crop, clicks }: Pick<Recipe, "batch" | "crop" | "clicks">,
  device: Device,
): Promise<Programs> {
  const weights = parameterNodes(network.parameters);
  const square = { height: crop.side, width: crop.side };
  const image = input("image", { batch, channels: 3, ...square });
  const features = network.encode(weights, image, "inference");
  const given = Object.fromEntries(
    Object.entries(features).map(([name, node]) => [name, sameAs(prefix(name), node)]),
  );
  const said = clickNodes(batch, clicks.most);
  const logits = network.answer(weights, given, said, "inference");
  return {
    encode: await device.bind(graph(features)),
    answer: await device.bind(graph({ logits: resize(logits, square) })),
  };
}

/** Features go by names that no parameter has. */
function prefix(feature: string): string {
  return `feature:${feature}`;
}

function prefixed(
  features: Readonly<Record<string, DeviceTensor>>,
): Readonly<Record<string, DeviceTensor>> {
  return Object.fromEntries(Object.entries(features).map(([name, value]) => [prefix(name), value]));
}

function sameAs(name: string, { axes, kind }: Node): Node {
  return input(name, Object.fromEntries(axes.map((axis) => [axis.name, axis.size])), kind);
}
