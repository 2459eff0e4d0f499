/**
 * COCO's compressed run lengths: each count as the difference to the count two
 * before it (from the fourth on), in groups of five bits, lowest first, with a
 * sixth bit for "more follows", written as the character of 48 plus the group.
 *
 * @see cocoapi, common/maskApi.c, rleToString and rleFrString.
 */

const FIRST_CHARACTER = 48;
const MORE = 32;
const NEGATIVE = 16;
/** Counts up to 2³⁵ fit in seven groups; a longer run of groups is damage. */
const MAX_GROUPS = 7;

/** Counts of `RunLengths` as a string. */
export function runLengthString(counts: readonly number[]): string {
  const characters: string[] = [];
  counts.forEach((count, i) => {
    let rest = i > 2 ? count - counts[i - 2] : count;
    let more = true;
    while (more) {
      const group = ((rest % MORE) + MORE) % MORE;
      rest = Math.floor(rest / MORE);
      more = rest !== ((group & NEGATIVE) === 0 ? 0 : -1);
      characters.push(String.fromCharCode(FIRST_CHARACTER + group + (more ? MORE : 0)));
    }
  });
  return characters.join("");
}

/**
 * The counts that a string was made of.
 *
 * @throws {RangeError} When it is none of these strings.
 */
export function runLengthCounts(text: string): readonly number[] {
  const counts: number[] = [];
  for (let at = 0; at < text.length; ) {
    let count = 0;
    let unit = 1;
    let more = true;
    while (more) {
      const group = text.charCodeAt(at) - FIRST_CHARACTER;
      if (!(group >= 0 && group < 2 * MORE) || unit >= MORE ** MAX_GROUPS) throw damaged(text, at);
      at++;
      more = group >= MORE;
      count += (group % MORE) * unit;
      unit *= MORE;
      if (!more && (group & NEGATIVE) !== 0) count -= unit;
    }
    if (counts.length > 2) count += counts[counts.length - 2];
    counts.push(count);
  }
  return counts;
}

function damaged(text: string, at: number): RangeError {
  const found =
    at < text.length ? `"${text[at]}" at position ${at}` : "its end in the middle of one";
  return new RangeError(`runLengthCounts: expected compressed run lengths, got ${found}.`);
}
