import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type Report, reportSchema } from "../../src/evaluate/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { disc, HEIGHT, type Typed, type, WIDTH, writePhoto } from "./typed.ts";

/** Nobody presses Ctrl-C, and no time passes, so that there is no progress to tell. */
const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };

interface Row {
  readonly set?: string;
  readonly id: string;
  readonly mask?: string;
  readonly height?: number;
}

/** A folder with an index of discs. */
async function discs(...rows: readonly Row[]): Promise<string> {
  const folder = temporaryFolder();
  await writePhoto(join(folder, "disc.png"));
  const raw = { width: WIDTH, height: HEIGHT, channels: 1 as const };
  const mask = (of: (red: number) => number) =>
    Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => of(disc()[3 * at]));
  const red = mask((value) => (value > 100 ? 255 : 0));
  await sharp(red, { raw }).toFile(join(folder, "right.png"));
  await sharp(
    mask(() => 0),
    { raw },
  ).toFile(join(folder, "empty.png"));
  await sharp(red.subarray(WIDTH), { raw: { ...raw, height: HEIGHT - 1 } }).toFile(
    join(folder, "short.png"),
  );
  writeFileSync(join(folder, "damaged.png"), "no picture");
  const index = rows.map(({ set = "davis", id, mask: file = "right.png", height = HEIGHT }) => ({
    set,
    id,
    image: "disc.png",
    mask: file,
    width: WIDTH,
    height,
  }));
  writeFileSync(join(folder, "index.json"), JSON.stringify(index));
  return folder;
}

/** The model that needs no weights, so that discs are quick. */
const COLOUR = ["--model", "colour", "--clicks", "3"];

const evaluate = (folder: string, ...words: readonly string[]): Promise<Typed> =>
  type(["evaluate", "--data", folder, ...COLOUR, ...words], PATIENT);

function read(path: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** A report without what differs from run to run. */
function timeless({ device: _, sets, ...rest }: Report) {
  const without = Object.entries(sets).map(([name, { latencyMs: __, samples, ...set }]) => [
    name,
    { ...set, samples: samples.map(({ latencyMs: ___, ...sample }) => sample) },
  ]);
  return { ...rest, sets: Object.fromEntries(without) };
}

test("a set is evaluated, told on standard output, and written as a report of the published schema", async () => {
  const folder = await discs({ id: "a" }, { id: "b" }, { set: "grabcut", id: "a" });
  const json = join(folder, "report.json");
  const { code, result, talk } = await evaluate(folder, "--json", json);
  expect({ code, talk }).toEqual({ code: 0, talk: "" });
  const report = read(json);
  expect(report).toMatchObject({
    model: "colour",
    complete: true,
    protocol: { clicks: 3, pattern: "centre", flip: false, zoom: false },
    sets: { davis: { objects: 2, skipped: [] }, grabcut: { objects: 1 } },
  });
  const { davis } = report.sets;
  // A bright disc on a dark ground is not hard.
  expect(davis.miou[2]).toBeGreaterThan(0.95);
  expect(davis.samples.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(result.toString()).toContain(`colour on davis\n  2 objects\n  NoC@80  1.00 [1.00, 1.00]`);
  expect(result.toString()).toContain(`hash ${davis.hash}`);
});

test("any number of threads gives the same report", async () => {
  const folder = await discs({ id: "a" }, { id: "b" }, { id: "c" });
  const [one, two] = [join(folder, "1.json"), join(folder, "2.json")];
  const words = ["--pattern", "uniform", "--seed", "7"];
  await evaluate(folder, ...words, "--threads", "1", "--json", one);
  await evaluate(folder, ...words, "--threads", "2", "--json", two);
  expect(timeless(read(two))).toEqual(timeless(read(one)));
  // Each object has random clicks of its own.
  const firsts = read(one).sets["davis"]?.samples.map(({ clicks }) => String(clicks[0]));
  expect(new Set(firsts).size).toBe(3);
});

test("Ctrl-C leaves a valid report of what was done, and --resume completes it", async () => {
  const folder = await discs({ id: "a" }, { id: "b" }, { id: "c" }, { id: "d", mask: "empty.png" });
  const json = join(folder, "report.json");
  let press = () => {};
  const pressed = new Promise<void>((resolve) => {
    press = resolve;
  });
  let time = 0;
  const words = ["evaluate", "--data", folder, ...COLOUR, "--threads", "1", "--json", json];
  const stopped = await type(words, {
    interrupted: () => pressed,
    // Every step seems to take ten seconds, so each is told.
    now: () => (time += 10_000),
    talk: (text) => {
      if (text.includes(": 1 of 4")) press();
    },
  });
  expect(stopped.code).toBe(1);
  const partial = read(json);
  expect(partial.complete).toBe(false);
  const done = partial.sets["davis"]?.samples.length;
  expect(done).toBeGreaterThanOrEqual(1);
  expect(done).toBeLessThan(3);

  const resumed = await type([...words, "--resume"], PATIENT);
  expect(resumed.code).toBe(0);
  const whole = join(folder, "whole.json");
  await evaluate(folder, "--json", whole);
  expect(timeless(read(json))).toEqual(timeless(read(whole)));
  expect(read(json).sets["davis"]?.samples[0]).toEqual(partial.sets["davis"]?.samples[0]);
});

test("a report of other options is not continued, nor is something else", async () => {
  const folder = await discs({ id: "a" });
  const json = join(folder, "report.json");
  await evaluate(folder, "--json", json);
  const before = readFileSync(json);
  const other = await evaluate(folder, "--json", json, "--resume", "--pattern", "jitter");
  expect(other.code).toBe(1);
  expect(other.talk).toMatch(/^error: --resume: expected a report of .*jitter.*Give it the same/);
  expect(readFileSync(json)).toEqual(before);
  writeFileSync(json, JSON.stringify({ ...read(json), complete: "nearly" }));
  const damaged = await evaluate(folder, "--json", json, "--resume");
  expect(damaged.talk).toContain("got a fault at complete: Invalid input");
  writeFileSync(json, "{");
  expect((await evaluate(folder, "--compare", json)).talk).toContain(
    "readReport: expected JSON in",
  );
});

test("objects that cannot be evaluated are counted and listed, or fail the run with --strict", async () => {
  const rows: readonly Row[] = [
    { id: "good" },
    { id: "empty", mask: "empty.png" },
    { id: "short", mask: "short.png" },
    { id: "damaged", mask: "damaged.png" },
    { id: "missing", mask: "missing.png" },
  ];
  const folder = await discs(...rows);
  const json = join(folder, "report.json");
  const { code, result, talk } = await evaluate(folder, "--json", json);
  expect(code).toBe(0);
  expect(result.toString()).toContain("1 objects, 4 skipped");
  expect(talk).toMatch(/^davis: 4 skipped, which are not in the numbers\n {2}empty: .*got none/);
  const { davis } = read(json).sets;
  expect(davis.objects).toBe(1);
  expect(davis.skipped.map(({ id }) => id)).toEqual(["empty", "short", "damaged", "missing"]);
  const reasons = davis.skipped.map(({ reason }) => reason).join("\n");
  expect(reasons).toContain("expected an object in the mask, got none");
  expect(reasons).toContain("short.png: expected 60×40");
  expect(reasons).toContain("expected a mask that can be decoded");
  expect(reasons).toContain("it does not exist");
  const strict = await evaluate(folder, "--strict", "--threads", "1");
  expect(strict.code).toBe(1);
  expect(strict.talk).toMatch(/^error: evaluate: davis empty: .*expected an object/m);
});

test("sets are chosen by name; one that is not there is wrong usage", async () => {
  const folder = await discs({ id: "a" }, { set: "grabcut", id: "b" });
  const { result } = await evaluate(folder, "--set", "grabcut");
  expect(result.toString()).not.toContain("davis");
  const { code, talk } = await evaluate(folder, "--set", "grabcut,sbd");
  expect(code).toBe(2);
  expect(talk).toBe(
    `error: --set: expected one of those that are there (davis, grabcut), got "sbd".\n`,
  );
  expect((await evaluate(folder, "--set", "davis,davis")).code).toBe(2);
  expect((await evaluate(folder, "--resume")).talk).toContain("--resume: expected --json");
});

test("two objects of one name, and a folder without an index, are refused", async () => {
  const twice = await evaluate(await discs({ id: "a" }, { id: "a" }));
  expect(twice.talk).toContain('expected objects of different names in davis, got "a" twice');
  const nowhere = await evaluate(join(temporaryFolder(), "gone"));
  expect(nowhere.code).toBe(1);
  expect(nowhere.talk).toMatch(
    /^error: dataFiles: expected a data set at ".*gone", got nothing: it does not exist/,
  );
});

/** A model that knows nothing: the object is where it was clicked. */
const LITERAL = `export const model = {
  name: "literal",
  encode: async ({ width, height }) => ({
    width,
    height,
    answer: async ({ labels }) => ({
      labels,
      width,
      height,
      rows: (from, to) => {
        const pixels = (to - from) * width;
        return new Float32Array(labels.length * pixels).fill(1, 0, pixels);
      },
    }),
  }),
};`;

test("a user's own model is evaluated by the same loop, and compared with ours", async () => {
  const folder = await discs({ id: "a" }, { id: "b" });
  const ours = join(folder, "ours.json");
  await evaluate(folder, "--json", ours);
  const file = join(folder, "literal.mjs");
  writeFileSync(file, LITERAL);
  const { code, result, talk } = await evaluate(folder, "--model", file, "--compare", ours);
  expect({ code, talk }).toEqual({ code: 0, talk: "" });
  expect(result.toString()).toContain("literal on davis, less colour, on 2 objects\n");
  expect(result.toString()).toContain("NoC@90  +2.00 [2.00, 2.00]");
});

test("the model in the documentation can be evaluated as it stands there", async () => {
  const folder = await discs({ id: "a" });
  const page = readFileSync(new URL("../../docs/evaluation.md", import.meta.url), "utf8");
  const [, example = ""] = page.match(/```js\n(.*?)```/s) ?? [];
  writeFileSync(join(folder, "mine.mjs"), example);
  const { code, result } = await evaluate(folder, "--model", join(folder, "mine.mjs"));
  expect(code).toBe(0);
  expect(result.toString()).toContain("mine on davis\n  1 objects");
});

test("a file that is no model, and a model that fails, are told in one line", async () => {
  const folder = await discs({ id: "a" });
  mkdirSync(join(folder, "models"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, "models", name), text);
    return join(folder, "models", name);
  };
  const none = await evaluate(folder, "--model", file("none.mjs", "export const other = 1;"));
  expect(none.talk).toMatch(/^error: --model: expected .* got no such export\.\n$/);
  const failing = LITERAL.replace("const pixels", 'throw new Error("out of ideas"); const pixels');
  const failed = await evaluate(folder, "--model", file("failing.mjs", failing));
  expect(failed.code).toBe(1);
  expect(failed.talk).toBe("error: evaluate: the model failed at davis a: out of ideas\n");
  const unknown = await evaluate(folder, "--model", "clairvoyant");
  expect(unknown.talk).toContain(
    "--model: expected one of small, colour, random-walker, grabcut, a .safetensors or .onnx file, or a JavaScript file",
  );
});

test("OpenCV's GrabCut is a peer in the same loop", async () => {
  const folder = await discs({ id: "a" });
  const json = join(folder, "report.json");
  const { code, talk } = await evaluate(folder, "--model", "grabcut", "--json", json);
  expect({ code, talk }).toEqual({ code: 0, talk: "" });
  const { davis } = read(json).sets;
  // A bright disc on a dark ground is two colours.
  expect(davis.miou[2]).toBeGreaterThan(0.95);
  expect(davis.violations).toBe(0);
});

test("flips and zooming in are other protocols with other clicks", async () => {
  const folder = await discs({ id: "a" });
  const json = join(folder, "report.json");
  const { code } = await evaluate(folder, "--flip", "--zoom", "--json", json);
  expect(code).toBe(0);
  const { protocol, sets } = read(json);
  expect(protocol).toMatchObject({ flip: true, zoom: true });
  const { davis } = sets;
  expect(davis.miou[2]).toBeGreaterThan(0.9);
  expect(davis.violations).toBe(0);
});

test("a page, figures and a table are written where they are asked for", async () => {
  const folder = await discs({ id: "a" }, { id: "b" });
  const place = (name: string) => join(folder, name);
  const { code } = await evaluate(
    folder,
    ...["--html", place("page.html"), "--figures", place("figures"), "--table", place("table.md")],
  );
  expect(code).toBe(0);
  expect(readFileSync(place("page.html"), "utf8")).toContain("<h2>davis</h2>");
  expect(readFileSync(place("figures/davis-iou.svg"), "utf8")).toMatch(/^<svg /);
  expect(readFileSync(place("figures/davis-iou.png")).toString("latin1", 1, 4)).toBe("PNG");
  expect(readFileSync(place("table.md"), "utf8")).toContain("| **colour** | 2 | 1.00 [1.00, 1.00]");
});

test("a set of which nothing can be evaluated is no report with fewer sets", async () => {
  const { code, talk } = await evaluate(await discs({ id: "a", mask: "empty.png" }));
  expect(code).toBe(1);
  expect(talk).toContain("expected objects in davis, got none that can be evaluated");
});
