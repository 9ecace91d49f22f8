/**
 * The recovery sheet: a key's secret on paper, in Douglas Crockford's base 32
 * (crockford.com/base32.html), with a check character for each line so that a slip is named.
 */

import { type Bytes, hex, sha256 } from "../answer/bytes";
import { SCALAR } from "./pair";

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECKS = DIGITS + "*~$=U";
const LINE = 16; // characters, and a check character after them
const SIZE = Math.ceil((SCALAR * 8) / 5); // 52 characters of 5 bits; the last 4 bits are 0
const SPARE = SIZE * 5 - SCALAR * 8; // bits
export const LINES = Math.ceil(SIZE / LINE);

/** What is wrong with a line as it has been typed so far; "" when it is whole and right. */
export type LineFault = "" | "empty" | "short" | "long" | "letter" | "check";

/** The lines as they are printed: groups of four, and the check character as a group of its own. */
export function linesOf(scalar: Bytes): string[] {
  let bits = BigInt(`0x${hex(scalar)}`) << BigInt(SPARE);
  let whole = "";
  for (let i = 0; i < SIZE; i++) {
    whole = DIGITS[Number(bits & 31n)]! + whole;
    bits >>= 5n;
  }
  return Array.from({ length: LINES }, (_, index) => {
    const line = whole.slice(index * LINE, (index + 1) * LINE);
    return `${line.replace(/(.{4})(?=.)/g, "$1 ")} ${checkOf(line, index)}`;
  });
}

/** Looks at line `index` (from 0) as typed: small letters, O for 0, I or L for 1 do not matter. */
export function faultIn(typed: string, index: number): LineFault {
  const line = cleaned(typed);
  const length = lengthOf(index) + 1;
  if (!line) return "empty";
  const body = line.slice(0, length - 1);
  if (![...body].every((character) => DIGITS.includes(character))) return "letter";
  if (line.length < length) return "short";
  if (line.length > length) return "long";
  const filled = index < LINES - 1 || DIGITS.indexOf(body.at(-1)!) % (1 << SPARE) === 0;
  return filled && checkOf(body, index) === line.at(-1) ? "" : "check";
}

/** The secret from lines without fault. Throws when there is one. */
export function scalarOf(typed: string[]): Bytes {
  if (typed.length !== LINES || typed.some(faultIn)) throw new Error("a line is wrong");
  const whole = typed.map((line) => cleaned(line).slice(0, -1)).join("");
  let bits = 0n;
  for (const character of whole) bits = (bits << 5n) | BigInt(DIGITS.indexOf(character));
  bits >>= BigInt(SPARE);
  return Uint8Array.from({ length: SCALAR }, (_, at) =>
    Number((bits >> BigInt(8 * (SCALAR - 1 - at))) & 255n),
  );
}

/** The first 8 hex digits of the point's SHA-256: on the page, on the paper and in the command. */
export async function checkCode(point: Bytes): Promise<string> {
  const digits = hex(await sha256(point)).slice(0, 8);
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

/** A check code as somebody types it, without what does not matter. */
export function plainCode(typed: string): string {
  return typed.replace(/[\s-]/g, "").replace(/o/gi, "0").toLowerCase();
}

function cleaned(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\-–]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

function lengthOf(index: number): number {
  return Math.min(LINE, SIZE - index * LINE);
}

/** The line as a number, and its own number from 1 so that two swapped lines are noticed, mod 37. */
function checkOf(line: string, index: number): string {
  let rest = 0;
  for (const character of line) rest = (rest * 32 + DIGITS.indexOf(character)) % 37;
  return CHECKS[(rest + index + 1) % 37]!;
}
