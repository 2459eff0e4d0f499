import { expect, test } from "vitest";
import { jsonElements, jsonList } from "./jsonElements.ts";

/** The elements of `images` and `things` in a text that comes in pieces of so many bytes. */
async function elements(text: string | Uint8Array, piece = 5): Promise<readonly unknown[]> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const found: unknown[] = [];
  for await (const { list, field } of jsonElements("coco.json", pieces(), ["images", "things"])) {
    found.push([list, field.path, field.value]);
  }
  return found;
}

const TEXT = `{"info":{"images":[0]},"things":[[1,{"a":"ä\\u00e4"}]],"images":[-1.5e3,null],"x":[2]}`;

test.each([1, 7, 1000])(
  "elements come in the file's order, whole, from pieces of %i bytes",
  async (piece) => {
    expect(await elements(TEXT, piece)).toEqual([
      ["things", "things.0", [1, { a: "ää" }]],
      ["images", "images.0", -1500],
      ["images", "images.1", null],
    ]);
  },
);

test("an element is handed out before the rest is read", async () => {
  async function* endless() {
    yield new TextEncoder().encode('{"images":[1,');
    throw new Error("read too far");
  }
  for await (const { field } of jsonElements("coco.json", endless(), ["images"])) {
    expect(field.value).toBe(1);
    return;
  }
  expect.unreachable();
});

test("a fault is told with the last good element before it", async () => {
  await expect(elements(`{"images":[1,2,}`)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: coco.json: expected JSON, got a fault after images.1 (Unexpected RIGHT_BRACE ("}") in state VALUE). Copy the file again from where it came.]`,
  );
  await expect(elements(`{"images":[1,2`)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: coco.json: expected JSON, got a fault after images.1 (Parser ended in mid-parsing (state: COMMA). Either not all the data was received or the data was invalid.). Copy the file again from where it came.]`,
  );
  await expect(elements("")).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: coco.json: expected JSON, got an empty file.]`,
  );
  await expect(elements(`{"images":{"a":1}}`)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: coco.json: images: expected a list, got an object.]`,
  );
  const latin1 = Uint8Array.from(`{"images":["\u00e4"]}`, (one) => one.charCodeAt(0));
  await expect(elements(latin1)).rejects.toThrow(/utf-8/);
});

async function all<Element>(elements: AsyncIterable<Element>): Promise<readonly Element[]> {
  const found: Element[] = [];
  for await (const element of elements) found.push(element);
  return found;
}

async function* inOnePiece(text: string) {
  yield new TextEncoder().encode(text);
}

test("a list may lie deeper, or be the whole file", async () => {
  const text = `{"labels":[9],"a":{"labels":[{"labels":[1]},2],"b":[3]}}`;
  const deeper = await all(jsonElements("x.json", inOnePiece(text), ["a.labels"]));
  expect(deeper.map(({ field }) => [field.path, field.value])).toEqual([
    ["a.labels.0", { labels: [1] }],
    ["a.labels.1", 2],
  ]);
  const whole = await all(jsonList("x.json", inOnePiece("[[1],2]")));
  expect(whole).toEqual([
    { value: [1], path: "0" },
    { value: 2, path: "1" },
  ]);
  const object = jsonList("x.json", inOnePiece(`{"a":1}`));
  await expect(all(object)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: x.json: expected a list, got an object.]`,
  );
});
