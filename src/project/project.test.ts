import fc from "fast-check";
import { expect, test } from "vitest";
import { pixel } from "../image/pixels.ts";
import { say } from "../session/edit.ts";
import { newSession, type Session } from "../session/session.ts";
import { MAX_VERSIONS, readHistory, type Version, withVersion, writeHistory } from "./history.ts";
import { type PhotoRecord, readPhoto, statuses, statusOf, writePhoto } from "./photoRecord.ts";
import { checkProject, labelOf, nextOf, numberOf, type Project } from "./project.ts";
import { readProject, writeProject } from "./projectDocument.ts";

const word = fc.string({ minLength: 1, maxLength: 8 });

const attribute = fc.oneof(
  fc.record({ kind: fc.constant("check" as const), name: word }),
  fc.record({ kind: fc.constant("text" as const), name: word }),
  fc.record({
    kind: fc.constant("choice" as const),
    name: word,
    values: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
);

const projects: fc.Arbitrary<Project> = fc
  .record({
    name: fc.string({ maxLength: 20 }),
    labels: fc.uniqueArray(
      fc.record(
        {
          name: word.map((name) => `l${name.trim()}`),
          colour: fc.nat(0xffffff).map((value) => `#${value.toString(16).padStart(6, "0")}`),
          key: fc.constantFrom("A", "B", "1"),
          attributes: fc.uniqueArray(attribute, { selector: ({ name }) => name, maxLength: 3 }),
        },
        { requiredKeys: ["name", "colour", "attributes"] },
      ),
      { selector: ({ name }) => name, maxLength: 4 },
    ),
  })
  .filter((project) => {
    try {
      checkProject(project);
      return true;
    } catch {
      return false;
    }
  });

function sessionOf(clicks: readonly (readonly [number, number])[]): Session {
  return clicks.reduce(
    (session, [x, y]) => say(session, { kind: "click", at: pixel(x, y), says: "object" }),
    newSession({ width: 8, height: 6 }),
  );
}

const sessions = fc
  .array(fc.tuple(fc.nat(7), fc.nat(5)), { maxLength: 4 })
  .map((clicks) => sessionOf(clicks));

const throughJson = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

test("a project is the same through JSON and back", () => {
  fc.assert(
    fc.property(projects, (project) => {
      expect(readProject(throughJson(writeProject(project)))).toEqual(project);
    }),
  );
});

test("a photo's record is the same through JSON and back, and its summary tells of it", () => {
  const records: fc.Arbitrary<PhotoRecord> = fc.record({
    status: fc.constantFrom(...statuses),
    session: fc.option(sessions, { nil: undefined }),
    attributes: fc.dictionary(word, fc.dictionary(word, fc.oneof(word, fc.boolean()))),
    isExported: fc.boolean(),
  });
  fc.assert(
    fc.property(records, (record) => {
      const document = throughJson(writePhoto(record));
      expect(readPhoto(document)).toEqual(record);
      const { status, isExported, session } = record;
      expect(statusOf(document)).toEqual({ status, isExported, events: session?.at ?? 0 });
    }),
  );
});

test("a history keeps the newest versions, each once, through JSON and back", () => {
  fc.assert(
    fc.property(fc.array(sessions, { maxLength: 50 }), (all) => {
      const versions = all.reduce<readonly Version[]>(
        (before, session, i) =>
          withVersion(before, {
            time: new Date(i * 1000).toISOString(),
            occasion: "opened",
            session,
          }),
        [],
      );
      expect(versions.length).toBeLessThanOrEqual(MAX_VERSIONS);
      if (all.length > 0) expect(versions.at(-1)?.session).toEqual(all.at(-1));
      for (const [i, { session }] of versions.slice(1).entries()) {
        expect(session.events).not.toEqual(versions[i].session.events);
      }
      expect(readHistory(throughJson(writeHistory(versions)))).toEqual(versions);
    }),
    { numRuns: 50 },
  );
});

test("objects belong to the label of their name, and further ones are numbered without end", () => {
  const car = { name: "car", colour: "#ff0000", attributes: [] };
  const carTwo = { name: "car 2", colour: "#00ff00", attributes: [] };
  expect(labelOf("car", [car])).toBe(car);
  expect(labelOf("car 12", [car])).toBe(car);
  expect(numberOf("car 12", car)).toBe(12);
  expect(labelOf("carpet", [car])).toBeUndefined();
  expect(labelOf("car 02", [car])).toBeUndefined();
  expect(labelOf("car 2", [car, carTwo])).toBe(carTwo);
  fc.assert(
    fc.property(fc.nat(20), (count) => {
      const objects: string[] = [];
      for (let i = 0; i < count; i++) objects.push(nextOf(car, objects));
      expect(objects.map((object) => numberOf(object, car))).toEqual(objects.map((_, i) => i + 1));
    }),
  );
});

test("each fault of a document is told with the path to it", () => {
  const label = { name: "cat", colour: "#112233", attributes: [] };
  const faultOf = (read: () => unknown): string => {
    try {
      read();
    } catch (error) {
      return `${error}`;
    }
    return "none";
  };
  const withLabels = (...labels: readonly unknown[]) =>
    faultOf(() => readProject({ ...writeProject({ name: "p", labels: [] }), labels }));
  const record = { status: "done", session: undefined, attributes: {}, isExported: false } as const;
  expect([
    withLabels({ ...label, colour: "red" }),
    withLabels(label, label),
    withLabels({ ...label, name: "background" }),
    withLabels({ ...label, attributes: [{ kind: "choice", name: "size", values: [] }] }),
    faultOf(() => readPhoto({ ...writePhoto(record), status: "finished" }, "cat.jpg")),
    faultOf(() => readPhoto(null, "cat.jpg")),
    faultOf(() => readPhoto({ ...writePhoto(record), version: 3 }, "cat.jpg")),
    faultOf(() => readPhoto({ ...writePhoto(record), session: {} }, "cat.jpg")),
    faultOf(() => readHistory({ ...writeHistory([]), versions: [{ time: "yesterday" }] })),
  ]).toMatchInlineSnapshot(`
    [
      "FormatError: project.json: expected a project, got labels.0.colour: expected #rrggbb.",
      "FormatError: project.json: project: expected different names of labels, got "cat" twice.",
      "FormatError: project.json: project: expected a label to have a name, and not "background", got "background".",
      "FormatError: project.json: expected a project, got labels.0.attributes.0.values: Too small: expected array to have >=1 items.",
      "FormatError: cat.jpg: expected the record of a photo, got status: Invalid option: expected one of "to do"|"needs review"|"done"|"skipped".",
      "FormatError: cat.jpg: expected the record of a photo, got the document: Invalid input: expected object, received null.",
      "FormatError: cat.jpg: expected the record of a photo, got version: expected 1, got 3. Was it written by a newer Maskwise?.",
      "FormatError: cat.jpg: expected a session, got format: Invalid input: expected "maskwise session"; version: expected 1, got undefined. Was it written by a newer Maskwise?; width: Invalid input: expected number, received undefined; height: Invalid input: expected number, received undefined; labels: Invalid input: expected array, received undefined; 2 more.",
      "FormatError: history: expected a history, got versions.0.time: Invalid ISO datetime; versions.0.occasion: Invalid option: expected one of "opened"|"overwritten"|"exported"|"done"|"restored"; versions.0.session: Invalid input: expected nonoptional, received undefined.",
    ]
  `);
});
