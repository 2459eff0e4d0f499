/**
 * A name for bytes that differ wherever they differ, short of a chance of 2⁻¹²⁸ per pair: for finding
 * equal ones, not against forgers. MurmurHash3 for 32-bit machines (Austin Appleby, public domain).
 */
export function digest(bytes: Uint8Array): string {
  const words = wordsOf(bytes);
  const state = Uint32Array.of(bytes.length, bytes.length, bytes.length, bytes.length);
  for (let i = 0; i < words.length; i += 4) {
    for (let lane = 0; lane < 4; lane++) {
      const mixed = Math.imul(
        rotate(Math.imul(words[i + lane], MIX[lane]), 15 + lane),
        MIX[(lane + 1) % 4],
      );
      const turned = rotate(state[lane] ^ mixed, TURN[lane]) + state[(lane + 1) % 4];
      state[lane] = Math.imul(turned, 5) + ADD[lane];
    }
  }
  share(state);
  for (let lane = 0; lane < 4; lane++) state[lane] = avalanche(state[lane]);
  share(state);
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

const MIX = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93];
const TURN = [19, 17, 15, 13];
const ADD = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17];

/** Four words at a time, zeros behind. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(bytes.length / 16) * 4);
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Every lane into every other. */
function share(state: Uint32Array): void {
  for (let lane = 1; lane < 4; lane++) state[0] += state[lane];
  for (let lane = 1; lane < 4; lane++) state[lane] += state[0];
}

/** Every bit into every other. */
function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
