/** Passphrases: whether one is good enough, and one that is made for somebody. */

const LEAST = 12; // characters
const LEAST_DIFFERENT = 6;
const STRONG = 20;
const DIGITS_ONLY = 20; // so many digits are as good as a short phrase

export type Judgement = "empty" | "short" | "simple" | "fair" | "strong";

/** A plain rule, the same as its text on the page: length counts, and some variety. */
export function judge(phrase: string): Judgement {
  const characters = [...phrase.normalize("NFKC").trim()];
  if (!characters.length) return "empty";
  if (characters.length < LEAST) return "short";
  const different = new Set(characters.map((one) => one.toLowerCase())).size;
  if (different < LEAST_DIFFERENT) return "simple";
  if (characters.every((one) => /[\d\s./-]/.test(one)) && characters.length < DIGITS_ONLY) {
    return "simple"; // a date, a telephone number
  }
  return characters.length < STRONG ? "fair" : "strong";
}

export function lengthOf(phrase: string): number {
  return [...phrase.normalize("NFKC").trim()].length;
}

/**
 * Five invented words that can be said aloud, 16 bits each: 80 bits, in no language of its own.
 * The alphabet is Daniel S. Wilkerson's "A Proposal for Proquints" (2009).
 */
export function suggested(): string {
  return Array.from(crypto.getRandomValues(new Uint16Array(5)), word).join("-");
}

const CONSONANTS = "bdfghjklmnprstvz";
const VOWELS = "aiou";

function word(number: number): string {
  const consonant = (shift: number) => CONSONANTS[(number >> shift) & 15]!;
  const vowel = (shift: number) => VOWELS[(number >> shift) & 3]!;
  return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
}
