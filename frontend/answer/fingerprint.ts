/** A manifest's fingerprint in ten words; the same as dialog/core/ballots/fingerprint.py. */

import { type Bytes, hex, sha256 } from "./bytes";
import { WORDS } from "./fingerprint_words";

export const COUNT = 10;
const PLACES = new Map(WORDS.map((word, place) => [word, place]));
// What keyboards without å, ä and ö make of them; no two words become one.
for (const [place, word] of WORDS.entries()) PLACES.set(folded(word), place);

export async function fingerprint(manifest: Bytes): Promise<string[]> {
  return Array.from((await sha256(manifest)).subarray(0, COUNT), (byte) => WORDS[byte]!);
}

/** What was typed, as the hex digits that a SHA-256 must begin with; or why it is no fingerprint. */
export function read(text: string): { digits: string } | { strange: string } | { count: number } {
  const plain = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(plain)) return { digits: plain };
  const words = plain.match(/\p{L}+/gu) ?? [];
  const strange = words.find((word) => !PLACES.has(word));
  if (strange !== undefined) return { strange };
  if (words.length !== COUNT) return { count: words.length };
  return { digits: hex(Uint8Array.from(words, (word) => PLACES.get(word)!)) };
}

function folded(word: string): string {
  return word.replace(/[åä]/g, "a").replace(/ö/g, "o").replace(/é/g, "e");
}
