/** Files as damage, haste and malice leave them. */

type Random = () => number;

/** Values that leave a document whole. */
const NUMBERS: readonly string[] = [
  ...["-1", "0", "1", "2", "3", "7", "12", "1.5", "-0.25", "1e308", "1e-320", "99999999"],
  ...["4294967296", "9007199254740993", "1000000"],
];
const TEXTS: readonly string[] = [
  ...["", "../../evil", "/etc/passwd", "nul", "con.txt", "C:evil.png", "a//b", "mask", "polygon"],
  ...["rectangle", "__proto__", "constructor", "1110032", "0".repeat(300), "a".repeat(2000)],
];

const EVIL: readonly string[] = [
  ...["-1", "0", "1e308", "1e-320", "99999999", "4294967296", "9007199254740993", "NaN", "null"],
  ...["[]", "{}", '""', "true", "[[[[[[[[", "]", "}", '{"__proto__":{"x":1}}', "1.5", '"7"'],
  ...[
    "../../evil",
    "/etc/passwd",
    "C:\\\\evil.png",
    "\\\\\\\\host\\\\x",
    "nul",
    "con.txt",
    "a\\u0000b",
  ],
  ...[
    "<a>",
    "</a>",
    "&lol;",
    '<!DOCTYPE a [<!ENTITY l "l">]>',
    "<![CDATA[",
    "]]>",
    "\ufeff",
    "\ud800",
  ],
  ..." ".repeat(2).split(""),
];

/** Bytes with a few changes. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  // Mostly one value becomes another, and the document stays one: that reaches farthest.
  if (random() < 2 / 3) {
    const changes = 1 + below(2, random);
    for (let i = 0; i < changes; i++) {
      const [token, values] =
        random() < 2 / 3 ? [/-?\d+(?:\.\d+)?/g, NUMBERS] : [/(?<=")[^"]*(?=")/g, TEXTS];
      result = replacedToken(token as RegExp, values as readonly string[])(result, random);
    }
    return result;
  }
  const changes = 1 + below(4, random);
  for (let i = 0; i < changes; i++)
    result = MUTATIONS[below(MUTATIONS.length, random)](result, random);
  return result;
}

function below(limit: number, random: Random): number {
  return Math.min(limit - 1, Math.floor(random() * limit));
}

const MUTATIONS: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  // A bit turned over.
  (bytes, random) => {
    const copy = bytes.slice();
    if (copy.length > 0) copy[below(copy.length, random)] ^= 1 << below(8, random);
    return copy;
  },
  // Another byte.
  (bytes, random) => {
    const copy = bytes.slice();
    if (copy.length > 0) copy[below(copy.length, random)] = below(256, random);
    return copy;
  },
  // The end, or the beginning, is missing.
  (bytes, random) => bytes.slice(0, below(bytes.length + 1, random)),
  (bytes, random) => bytes.slice(below(bytes.length + 1, random)),
  // A piece is missing, or there twice.
  (bytes, random) => {
    const [from, to] = span(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, random) => {
    const [from, to] = span(bytes, random);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  // A number, or a text, is another.
  replacedToken(/-?\d+(?:\.\d+)?/g),
  replacedToken(/-?\d+(?:\.\d+)?/g),
  replacedToken(/"[^"]*"/g),
  replacedToken(/[\w-]+/g),
  // Something in between.
  (bytes, random) => {
    const at = below(bytes.length + 1, random);
    const text = new TextEncoder().encode(EVIL[below(EVIL.length, random)]);
    return joined(bytes.subarray(0, at), text, bytes.subarray(at));
  },
];

function span(bytes: Uint8Array, random: Random): readonly [number, number] {
  const ends = [below(bytes.length + 1, random), below(bytes.length + 1, random)];
  return [Math.min(...ends), Math.max(...ends)];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function replacedToken(token: RegExp, values = EVIL) {
  return (bytes: Uint8Array, random: Random): Uint8Array => {
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const found = [...text.matchAll(token)];
    if (found.length === 0) return bytes;
    const { index, 0: old } = found[below(found.length, random)];
    const evil = values[below(values.length, random)];
    const fresh = old.startsWith('"') && random() < 0.5 ? `"${evil}"` : evil;
    const changed = text.slice(0, index) + fresh + text.slice(index + old.length);
    return Uint8Array.from(changed, (character) => character.charCodeAt(0) & 0xff);
  };
}
