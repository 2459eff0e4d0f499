/**
 * Every kind of event, of prompt and of edit as JSON holds it. The tables are total: a kind that is
 * added to a union and not to its table does not compile.
 */

import * as z from "zod/mini";
import type { Prompt } from "../../clicks/prompts.ts";
import type { HandEdit } from "../retouch/handEdit.ts";
import type { Event } from "../session.ts";
import {
  storedMask,
  storedOutline,
  storedPixelSet,
  storedPoint,
  storedRuns,
} from "./storedValues.ts";

/** For each kind of a union, what its JSON is. */
type Table<Union extends { readonly kind: string }> = {
  readonly [Kind in Union["kind"]]: z.ZodMiniType<Extract<Union, { kind: Kind }>>;
};

const label = z.string();
const id = z.string();

const stroke = z.strictObject({
  kind: z.literal("stroke"),
  points: z.array(storedPoint),
  width: z.number(),
  says: label,
});

const prompts = {
  click: z.strictObject({ kind: z.literal("click"), at: storedPoint, says: label }),
  stroke,
  box: z.strictObject({
    kind: z.literal("box"),
    from: storedPoint,
    to: storedPoint,
    says: label,
  }),
  lasso: z.strictObject({ kind: z.literal("lasso"), points: z.array(storedPoint), says: label }),
} satisfies Table<Prompt>;

const edits = {
  brush: z.strictObject({
    kind: z.literal("brush"),
    stroke,
    hardness: z.number(),
    only: z.exactOptional(label),
  }),
  fill: z.strictObject({
    kind: z.literal("fill"),
    pixels: storedPixelSet,
    says: label,
    only: z.exactOptional(label),
  }),
  polygons: z.strictObject({
    kind: z.literal("polygons"),
    outlines: z.array(storedOutline),
    says: label,
  }),
  "fill holes": z.strictObject({ kind: z.literal("fill holes"), label }),
  "drop islands": z.strictObject({ kind: z.literal("drop islands"), label }),
  smooth: z.strictObject({ kind: z.literal("smooth"), label, sigma: z.number() }),
  grow: z.strictObject({ kind: z.literal("grow"), label, by: z.number() }),
} satisfies Table<HandEdit>;

const events = {
  say: z.strictObject({ kind: z.literal("say"), id, prompt: oneOf<Prompt>(prompts) }),
  "take back": z.strictObject({ kind: z.literal("take back"), id }),
  "add label": z.strictObject({ kind: z.literal("add label"), label }),
  "rename label": z.strictObject({ kind: z.literal("rename label"), label, to: label }),
  "remove label": z.strictObject({ kind: z.literal("remove label"), label }),
  "merge labels": z.strictObject({ kind: z.literal("merge labels"), label, into: label }),
  "start from": z.strictObject({
    kind: z.literal("start from"),
    mask: storedMask,
    precision: z.number().check(z.positive()),
  }),
  edit: z.strictObject({ kind: z.literal("edit"), edit: oneOf<HandEdit>(edits) }),
  together: z.strictObject({
    kind: z.literal("together"),
    get events(): z.ZodMiniType<readonly Event[]> {
      return z.array(storedEvent);
    },
  }),
  lock: z.strictObject({ kind: z.literal("lock"), label, pixels: storedRuns }),
  unlock: z.strictObject({ kind: z.literal("unlock"), label }),
  "set strength": z.strictObject({ kind: z.literal("set strength"), strength: z.number() }),
  restart: z.strictObject({ kind: z.literal("restart") }),
} satisfies Table<Event>;

/** One event. */
export const storedEvent: z.ZodMiniType<Event> = oneOf<Event>(events);

/** The table has one object for every kind of the union, which the types of zod cannot say. */
function oneOf<Union extends { readonly kind: string }>(table: Table<Union>): z.ZodMiniType<Union> {
  const [first, ...others] = Object.values(table) as z.ZodMiniObject[];
  return z.discriminatedUnion("kind", [first, ...others]) as unknown as z.ZodMiniType<Union>;
}
